-- +34 policies, ~1 policy, −17 policies
--   lock: ACCESS EXCLUSIVE on public.assets briefly
--   lock: ACCESS EXCLUSIVE on public.embed_domains briefly
--   lock: ACCESS EXCLUSIVE on public.folders briefly
--   lock: ACCESS EXCLUSIVE on public.organization_invitations briefly
--   lock: ACCESS EXCLUSIVE on public.organization_members briefly
--   lock: ACCESS EXCLUSIVE on public.project_members briefly
--   lock: ACCESS EXCLUSIVE on public.scene_assets briefly
--   lock: ACCESS EXCLUSIVE on public.scene_permissions briefly
--   lock: ACCESS EXCLUSIVE on public.scene_publications briefly
--   lock: ACCESS EXCLUSIVE on public.scene_settings briefly
--   lock: ACCESS EXCLUSIVE on public.scene_tags briefly
--   lock: ACCESS EXCLUSIVE on public.scenes briefly
--   lock: ACCESS EXCLUSIVE on public.tags briefly

SET lock_timeout = '5s';

DROP POLICY "Editors manage assets" ON public.assets;

DROP POLICY "Administrators manage domains" ON public.embed_domains;

DROP POLICY "Editors manage folders" ON public.folders;

DROP POLICY "Administrators manage invitations" ON public.organization_invitations;

DROP POLICY "The invited read their invitation" ON public.organization_invitations;

DROP POLICY "Administrators manage members below themselves" ON public.organization_members;

DROP POLICY "Everyone may leave" ON public.organization_members;

DROP POLICY "Owners manage all members" ON public.organization_members;

DROP POLICY "Editors manage participants" ON public.project_members;

DROP POLICY "Editors choose what a scene uses" ON public.scene_assets;

DROP POLICY "Editors share scenes" ON public.scene_permissions;

DROP POLICY "Everyone sees what is live" ON public.scene_publications;

DROP POLICY "Participants see the history" ON public.scene_publications;

DROP POLICY "Editors change settings" ON public.scene_settings;

DROP POLICY "Editors tag scenes" ON public.scene_tags;

DROP POLICY "Everyone sees published scenes" ON public.scenes;

DROP POLICY "Participants see scenes" ON public.scenes;

DROP POLICY "Editors manage tags" ON public.tags;

create policy "Editors add assets" on public.assets
  for insert
  to authenticated
  with check (private.can_edit_project(project_id));

create policy "Editors change assets" on public.assets
  for update
  to authenticated
  using (private.can_edit_project(project_id))
  with check (private.can_edit_project(project_id));

create policy "Editors delete assets" on public.assets
  for delete
  to authenticated
  using (private.can_edit_project(project_id));

create policy "Administrators add domains" on public.embed_domains
  for insert
  to authenticated
  with check (private.has_role(organization_id, 'admin'));

create policy "Administrators change domains" on public.embed_domains
  for update
  to authenticated
  using (private.has_role(organization_id, 'admin'))
  with check (private.has_role(organization_id, 'admin'));

create policy "Administrators delete domains" on public.embed_domains
  for delete
  to authenticated
  using (private.has_role(organization_id, 'admin'));

create policy "Editors add folders" on public.folders
  for insert
  to authenticated
  with check (private.can_edit_project(project_id));

create policy "Editors change folders" on public.folders
  for update
  to authenticated
  using (private.can_edit_project(project_id))
  with check (private.can_edit_project(project_id));

create policy "Editors delete folders" on public.folders
  for delete
  to authenticated
  using (private.can_edit_project(project_id));

create policy "Administrators add invitations" on public.organization_invitations
  for insert
  to authenticated
  with check (private.has_role(organization_id, 'admin'));

create policy "Administrators and the invited read invitations" on public.organization_invitations
  for select
  to authenticated
  using (private.has_role(organization_id, 'admin') OR lower(email) = lower(((select auth.jwt()) ->> 'email')));

create policy "Administrators change invitations" on public.organization_invitations
  for update
  to authenticated
  using (private.has_role(organization_id, 'admin'))
  with check (private.has_role(organization_id, 'admin'));

create policy "Administrators delete invitations" on public.organization_invitations
  for delete
  to authenticated
  using (private.has_role(organization_id, 'admin'));

create policy "Administrators add members" on public.organization_members
  for insert
  to authenticated
  with check (private.has_role(organization_id, 'admin') AND role < 'owner' OR private.has_role(organization_id, 'owner'));

create policy "Administrators change members" on public.organization_members
  for update
  to authenticated
  using (private.has_role(organization_id, 'admin') AND role < 'owner' OR private.has_role(organization_id, 'owner'))
  with check (private.has_role(organization_id, 'admin') AND role < 'owner' OR private.has_role(organization_id, 'owner'));

create policy "Administrators remove members, and everyone may leave" on public.organization_members
  for delete
  to authenticated
  using (private.has_role(organization_id, 'admin') AND role < 'owner' OR private.has_role(organization_id, 'owner') OR user_id = (select auth.uid()));

create policy "Editors add participants" on public.project_members
  for insert
  to authenticated
  with check (private.can_edit_project(project_id));

create policy "Editors change participants" on public.project_members
  for update
  to authenticated
  using (private.can_edit_project(project_id))
  with check (private.can_edit_project(project_id));

create policy "Editors delete participants" on public.project_members
  for delete
  to authenticated
  using (private.can_edit_project(project_id));

create policy "Editors add assets of scenes" on public.scene_assets
  for insert
  to authenticated
  with check (private.can_edit_scene(scene_id));

create policy "Editors delete assets of scenes" on public.scene_assets
  for delete
  to authenticated
  using (private.can_edit_scene(scene_id));

create policy "Editors add permissions" on public.scene_permissions
  for insert
  to authenticated
  with check (private.can_edit_scene(scene_id));

create policy "Editors change permissions" on public.scene_permissions
  for update
  to authenticated
  using (private.can_edit_scene(scene_id))
  with check (private.can_edit_scene(scene_id));

create policy "Editors delete permissions" on public.scene_permissions
  for delete
  to authenticated
  using (private.can_edit_scene(scene_id));

create policy "Participants see the history, everyone what is live" on public.scene_publications
  for select
  to authenticated
  using (withdrawn_at IS NULL AND published_at <= now() OR private.can_view_scene(scene_id));

create policy "Visitors see what is live" on public.scene_publications
  for select
  to anon
  using (withdrawn_at IS NULL AND published_at <= now());

create policy "Editors add settings" on public.scene_settings
  for insert
  to authenticated
  with check (private.can_edit_scene(scene_id));

create policy "Editors change settings" on public.scene_settings
  for update
  to authenticated
  using (private.can_edit_scene(scene_id))
  with check (private.can_edit_scene(scene_id));

create policy "Editors add tags of scenes" on public.scene_tags
  for insert
  to authenticated
  with check (private.can_edit_scene(scene_id));

create policy "Editors delete tags of scenes" on public.scene_tags
  for delete
  to authenticated
  using (private.can_edit_scene(scene_id));

create policy "Participants see scenes, everyone published ones" on public.scenes
  for select
  to authenticated
  using (status = 'published' OR private.can_view_scene(id));

create policy "Visitors see published scenes" on public.scenes
  for select
  to anon
  using (status = 'published');

create policy "Editors add tags" on public.tags
  for insert
  to authenticated
  with check (private.has_role(organization_id, 'editor'));

create policy "Editors change tags" on public.tags
  for update
  to authenticated
  using (private.has_role(organization_id, 'editor'))
  with check (private.has_role(organization_id, 'editor'));

create policy "Editors delete tags" on public.tags
  for delete
  to authenticated
  using (private.has_role(organization_id, 'editor'));
