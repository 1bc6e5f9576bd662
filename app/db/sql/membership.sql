-- How people come into organisations: functions with bodies long enough to be read as SQL.

create function private.add_founder() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if new.created_by is not null then
    insert into public.organization_members (organization_id, user_id, role)
    values (new.id, new.created_by, 'owner');
  end if;
  return new;
end
$$;

comment on function private.add_founder() is 'Makes the founder of an organisation its first owner.';

create trigger add_founder
  after insert on public.organizations
  for each row execute function private.add_founder();

-- Called by the API: the token comes from the invitation's mail, the address from the caller's own session.
create function public.accept_invitation(token text) returns uuid
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  invitation public.organization_invitations;
begin
  select * into invitation
  from public.organization_invitations i
  where i.token_hash = encode(sha256(convert_to(token, 'UTF8')), 'hex')
    and i.accepted_at is null
    and i.revoked_at is null
    and i.expires_at > now()
    and lower(i.email) = lower(auth.jwt() ->> 'email')
  for update;

  if not found then
    raise exception 'this invitation is not open, or is for somebody else' using errcode = 'no_data_found';
  end if;

  insert into public.organization_members (organization_id, user_id, role, invited_by)
  values (invitation.organization_id, auth.uid(), invitation.role, invitation.invited_by)
  on conflict (organization_id, user_id) do nothing;

  update public.organization_invitations set accepted_at = now() where id = invitation.id;
  return invitation.organization_id;
end
$$;

comment on function public.accept_invitation(text) is 'Joins the organisation that an invitation is for; returns its id.';

revoke execute on function public.accept_invitation(text) from public;
grant execute on function public.accept_invitation(text) to authenticated;
