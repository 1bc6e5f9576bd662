-- version: 0.3.3
-- versions: 0.1.4 0.2.0 0.3.1
-- comment: pg_jsonschema
-- relocatable: false
-- The usual keywords are checked; $ref, format, if/then/else and patternProperties are passed over.
create function jsonschema_validation_errors(schema json, instance json) returns text[] language plpgsql immutable strict as $$
declare
  s jsonb := schema::jsonb;
  i jsonb := instance::jsonb;
  kind text := jsonb_typeof(i);
  number numeric := case when jsonb_typeof(i) = 'number' then (i #>> '{}')::numeric end;
  word text := case when jsonb_typeof(i) = 'string' then i #>> '{}' end;
  errors text[] := '{}';
  item record;
  passed integer;
begin
  if jsonb_typeof(s) = 'boolean' then
    return case when s = 'true' then errors else array['False schema does not allow ' || i::text] end;
  end if;
  if s ? 'type' and not exists (
    select from jsonb_array_elements_text(case when jsonb_typeof(s -> 'type') = 'array' then s -> 'type' else jsonb_build_array(s -> 'type') end) as t
    where t = kind or (t = 'integer' and number = trunc(number))
  ) then
    errors := errors || format('%s is not of type %s', i, s -> 'type');
  end if;
  if s ? 'enum' and not (s -> 'enum') @> jsonb_build_array(i) then errors := errors || format('%s is not one of %s', i, s -> 'enum'); end if;
  if s ? 'const' and s -> 'const' <> i then errors := errors || format('%s was expected', s -> 'const'); end if;
  if number < (s ->> 'minimum')::numeric then errors := errors || format('%s is less than the minimum of %s', i, s ->> 'minimum'); end if;
  if number > (s ->> 'maximum')::numeric then errors := errors || format('%s is greater than the maximum of %s', i, s ->> 'maximum'); end if;
  if number <= (s ->> 'exclusiveMinimum')::numeric or number >= (s ->> 'exclusiveMaximum')::numeric then
    errors := errors || format('%s is outside the exclusive bounds', i);
  end if;
  if number % (s ->> 'multipleOf')::numeric <> 0 then errors := errors || format('%s is not a multiple of %s', i, s ->> 'multipleOf'); end if;
  if length(word) < (s ->> 'minLength')::integer then errors := errors || format('%s is shorter than %s characters', i, s ->> 'minLength'); end if;
  if length(word) > (s ->> 'maxLength')::integer then errors := errors || format('%s is longer than %s characters', i, s ->> 'maxLength'); end if;
  if word !~ (s ->> 'pattern') then errors := errors || format('%s does not match %s', i, s ->> 'pattern'); end if;
  if kind = 'array' then
    if jsonb_array_length(i) < (s ->> 'minItems')::integer then errors := errors || format('%s has less than %s items', i, s ->> 'minItems'); end if;
    if jsonb_array_length(i) > (s ->> 'maxItems')::integer then errors := errors || format('%s has more than %s items', i, s ->> 'maxItems'); end if;
    if s -> 'uniqueItems' = 'true' and (select count(*) <> count(distinct e) from jsonb_array_elements(i) as e) then
      errors := errors || format('%s has non-unique elements', i);
    end if;
    if s ? 'items' and jsonb_typeof(s -> 'items') <> 'array' then
      for item in select e from jsonb_array_elements(i) as e loop
        errors := errors || @extschema@.jsonschema_validation_errors((s -> 'items')::json, item.e::json);
      end loop;
    end if;
  elsif kind = 'object' then
    for item in select r from jsonb_array_elements_text(coalesce(s -> 'required', '[]')) as r where not i ? r loop
      errors := errors || format('"%s" is a required property', item.r);
    end loop;
    for item in select e.key, e.value, s -> 'properties' -> e.key as rule from jsonb_each(i) as e loop
      if item.rule is not null then
        errors := errors || @extschema@.jsonschema_validation_errors(item.rule::json, item.value::json);
      elsif s -> 'additionalProperties' = 'false' then
        errors := errors || format('Additional properties are not allowed (''%s'' was unexpected)', item.key);
      elsif jsonb_typeof(s -> 'additionalProperties') = 'object' then
        errors := errors || @extschema@.jsonschema_validation_errors((s -> 'additionalProperties')::json, item.value::json);
      end if;
    end loop;
  end if;
  for item in select e from jsonb_array_elements(coalesce(s -> 'allOf', '[]')) as e loop
    errors := errors || @extschema@.jsonschema_validation_errors(item.e::json, instance);
  end loop;
  if s ? 'not' and @extschema@.jsonschema_validation_errors((s -> 'not')::json, instance) = '{}' then
    errors := errors || format('%s is not allowed for %s', s -> 'not', i);
  end if;
  select count(*) into passed from jsonb_array_elements(coalesce(s -> 'anyOf', s -> 'oneOf', '[]')) as e
  where @extschema@.jsonschema_validation_errors(e::json, instance) = '{}';
  if (s ? 'anyOf' and passed = 0) or (s ? 'oneOf' and passed <> 1) then
    errors := errors || format('%s is not valid under the schemas listed in %s', i, case when s ? 'anyOf' then 'anyOf' else 'oneOf' end);
  end if;
  return errors;
end
$$;
create function json_matches_schema(schema json, instance json) returns boolean language sql immutable strict
  as $$ select @extschema@.jsonschema_validation_errors(schema, instance) = '{}' $$;
create function jsonb_matches_schema(schema json, instance jsonb) returns boolean language sql immutable strict
  as $$ select @extschema@.jsonschema_validation_errors(schema, instance::json) = '{}' $$;
create function json_matches_compiled_schema(schema json, instance json) returns boolean language sql immutable strict
  as $$ select @extschema@.jsonschema_validation_errors(schema, instance) = '{}' $$;
create function jsonschema_is_valid(schema json) returns boolean language sql immutable strict
  as $$ select pg_catalog.json_typeof(schema) in ('object', 'boolean') $$;
