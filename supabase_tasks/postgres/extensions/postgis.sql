-- version: 3.3.7
-- versions: 3.1.4 3.3.2 3.3.3 3.4.0 3.5.2
-- comment: PostGIS geometry and geography spatial types and functions
-- Geometries are kept as WKT ('SRID=4326;POINT(1 2)'). Points are made, read and measured; other shapes are kept and returned.
-- GiST indexes can be made (pg_trgm's support functions keep their text) and are never used by a query.
create type @extschema@.geometry;
create function @extschema@.geometry_in(cstring) returns @extschema@.geometry language internal immutable strict parallel safe as 'textin';
create function @extschema@.geometry_out(@extschema@.geometry) returns cstring language internal immutable strict parallel safe as 'textout';
create type @extschema@.geometry (input = @extschema@.geometry_in, output = @extschema@.geometry_out, storage = main);
create type @extschema@.geography;
create function @extschema@.geography_in(cstring) returns @extschema@.geography language internal immutable strict parallel safe as 'textin';
create function @extschema@.geography_out(@extschema@.geography) returns cstring language internal immutable strict parallel safe as 'textout';
create type @extschema@.geography (input = @extschema@.geography_in, output = @extschema@.geography_out, storage = main);
create type @extschema@.box2df;
create function @extschema@.box2df_in(cstring) returns @extschema@.box2df language c immutable strict as '$libdir/pg_trgm', 'gtrgm_in';
create function @extschema@.box2df_out(@extschema@.box2df) returns cstring language c immutable strict as '$libdir/pg_trgm', 'gtrgm_out';
create type @extschema@.box2df (input = @extschema@.box2df_in, output = @extschema@.box2df_out, internallength = variable);

create table @extschema@.spatial_ref_sys (
  srid integer not null primary key check (srid > 0 and srid <= 998999),
  auth_name varchar(256),
  auth_srid integer,
  srtext varchar(2048),
  proj4text varchar(2048)
);
insert into @extschema@.spatial_ref_sys values
  (4326, 'EPSG', 4326, 'GEOGCS["WGS 84"]', '+proj=longlat +datum=WGS84 +no_defs'),
  (3857, 'EPSG', 3857, 'PROJCS["WGS 84 / Pseudo-Mercator"]', '+proj=merc +a=6378137 +b=6378137 +units=m +no_defs');
create view @extschema@.geometry_columns as
  select current_database()::varchar(256) as f_table_catalog, n.nspname as f_table_schema, c.relname as f_table_name,
    a.attname as f_geometry_column, 2 as coord_dimension, 0 as srid, 'GEOMETRY'::varchar(30) as type
  from pg_catalog.pg_attribute as a join pg_catalog.pg_class as c on c.oid = a.attrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where a.atttypid = '@extschema@.geometry'::regtype and c.relkind in ('r', 'v', 'm', 'p') and not a.attisdropped;
create view @extschema@.geography_columns as
  select current_database() as f_table_catalog, n.nspname as f_table_schema, c.relname as f_table_name,
    a.attname as f_geography_column, 2 as coord_dimension, 4326 as srid, 'GEOMETRY'::text as type
  from pg_catalog.pg_attribute as a join pg_catalog.pg_class as c on c.oid = a.attrelid
  join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
  where a.atttypid = '@extschema@.geography'::regtype and c.relkind in ('r', 'v', 'm', 'p') and not a.attisdropped;

create cast (@extschema@.geometry as @extschema@.geography) without function as implicit;
create cast (@extschema@.geography as @extschema@.geometry) without function;
create cast (@extschema@.geometry as text) without function as assignment;
create cast (text as @extschema@.geometry) without function as implicit;

create function @extschema@.st_makepoint(double precision, double precision) returns @extschema@.geometry language sql immutable strict
  parallel safe as $$ select ('POINT(' || $1 || ' ' || $2 || ')')::@extschema@.geometry $$;
create function @extschema@.st_point(double precision, double precision) returns @extschema@.geometry language sql immutable strict
  parallel safe as $$ select @extschema@.st_makepoint($1, $2) $$;
create function @extschema@.st_srid(geom @extschema@.geometry) returns integer language sql immutable strict parallel safe
  as $$ select coalesce((pg_catalog.regexp_match($1::text, '^SRID=(\d+);', 'i'))[1], '0')::integer $$;
create function @extschema@.st_astext(@extschema@.geometry) returns text language sql immutable strict parallel safe
  as $$ select pg_catalog.regexp_replace($1::text, '^SRID=\d+;', '', 'i') $$;
create function @extschema@.st_astext(@extschema@.geography) returns text language sql immutable strict parallel safe
  as $$ select @extschema@.st_astext($1::@extschema@.geometry) $$;
create function @extschema@.st_asewkt(@extschema@.geometry) returns text language sql immutable strict parallel safe
  as $$ select $1::text $$;
create function @extschema@.st_setsrid(geom @extschema@.geometry, srid integer) returns @extschema@.geometry language sql immutable strict
  parallel safe as $$ select ('SRID=' || srid || ';' || @extschema@.st_astext(geom))::@extschema@.geometry $$;
create function @extschema@.st_point(double precision, double precision, srid integer) returns @extschema@.geometry language sql immutable
  strict parallel safe as $$ select @extschema@.st_setsrid(@extschema@.st_makepoint($1, $2), $3) $$;
create function @extschema@.st_geomfromtext(text) returns @extschema@.geometry language sql immutable strict parallel safe
  as $$ select $1::@extschema@.geometry $$;
create function @extschema@.st_geomfromtext(text, integer) returns @extschema@.geometry language sql immutable strict parallel safe
  as $$ select @extschema@.st_setsrid($1::@extschema@.geometry, $2) $$;
create function @extschema@.st_geomfromewkt(text) returns @extschema@.geometry language sql immutable strict parallel safe
  as $$ select $1::@extschema@.geometry $$;
create function @extschema@.st_geogfromtext(text) returns @extschema@.geography language sql immutable strict parallel safe as $$
  select case when $1 ~* '^SRID=' then $1 else 'SRID=4326;' || $1 end::@extschema@.geometry::@extschema@.geography $$;
create function @extschema@.st_geographyfromtext(text) returns @extschema@.geography language sql immutable strict parallel safe
  as $$ select @extschema@.st_geogfromtext($1) $$;
create function @extschema@.geometrytype(@extschema@.geometry) returns text language sql immutable strict parallel safe
  as $$ select pg_catalog.upper((pg_catalog.regexp_match(@extschema@.st_astext($1), '^\s*([a-z]+)', 'i'))[1]) $$;
create function @extschema@.st_x(@extschema@.geometry) returns double precision language sql immutable strict parallel safe
  as $$ select (pg_catalog.regexp_match(@extschema@.st_astext($1), '^\s*POINT\s*Z?\s*\(\s*(\S+)\s', 'i'))[1]::double precision $$;
create function @extschema@.st_y(@extschema@.geometry) returns double precision language sql immutable strict parallel safe
  as $$ select (pg_catalog.regexp_match(@extschema@.st_astext($1), '^\s*POINT\s*Z?\s*\(\s*\S+\s+([^\s)]+)', 'i'))[1]::double precision $$;
create function @extschema@._points_only(@extschema@.geometry, @extschema@.geometry) returns boolean language plpgsql immutable as $$
begin
  if @extschema@.st_x($1) is null or @extschema@.st_x($2) is null then
    raise exception using errcode = 'feature_not_supported',
      message = 'distances of shapes other than points are not available in the embedded database';
  end if;
  return true;
end
$$;
create function @extschema@.st_distance(geom1 @extschema@.geometry, geom2 @extschema@.geometry) returns double precision language sql
  immutable strict parallel safe as $$
  select case when @extschema@._points_only($1, $2) then pg_catalog.sqrt(
    (@extschema@.st_x($1) - @extschema@.st_x($2)) ^ 2 + (@extschema@.st_y($1) - @extschema@.st_y($2)) ^ 2) end $$;
-- Great-circle distance in metres on a sphere of PostGIS's mean radius: within 0.6 % of its spheroid.
create function @extschema@.st_distance(geog1 @extschema@.geography, geog2 @extschema@.geography, use_spheroid boolean default true)
returns double precision language sql immutable strict parallel safe as $$
  select case when @extschema@._points_only($1::@extschema@.geometry, $2::@extschema@.geometry) then
    2 * 6371008.771415 * pg_catalog.asin(pg_catalog.sqrt(
      pg_catalog.sind((b.lat - a.lat) / 2) ^ 2 + pg_catalog.cosd(a.lat) * pg_catalog.cosd(b.lat) * pg_catalog.sind((b.lon - a.lon) / 2) ^ 2))
    end
  from (select @extschema@.st_x($1::@extschema@.geometry) as lon, @extschema@.st_y($1::@extschema@.geometry) as lat) as a,
    (select @extschema@.st_x($2::@extschema@.geometry) as lon, @extschema@.st_y($2::@extschema@.geometry) as lat) as b $$;
create function @extschema@.st_dwithin(geom1 @extschema@.geometry, geom2 @extschema@.geometry, double precision) returns boolean
  language sql immutable strict parallel safe as $$ select @extschema@.st_distance($1, $2) <= $3 $$;
create function @extschema@.st_dwithin(
  geog1 @extschema@.geography, geog2 @extschema@.geography, tolerance double precision, use_spheroid boolean default true
) returns boolean language sql immutable strict parallel safe as $$ select @extschema@.st_distance($1, $2) <= $3 $$;
create function @extschema@.st_asgeojson(geom @extschema@.geometry, maxdecimaldigits integer default 9, options integer default 8)
returns text language sql immutable strict parallel safe as $$
  select case when @extschema@._points_only($1, $1) then
    pg_catalog.json_build_object('type', 'Point', 'coordinates', pg_catalog.json_build_array(@extschema@.st_x($1), @extschema@.st_y($1)))::text
    end $$;
create operator @extschema@.<-> (leftarg = @extschema@.geometry, rightarg = @extschema@.geometry, function = @extschema@.st_distance);

@unavailable @extschema@.st_transform(@extschema@.geometry, integer) returns @extschema@.geometry;
@unavailable @extschema@.st_buffer(geom @extschema@.geometry, radius double precision, options text default '') returns @extschema@.geometry;
@unavailable @extschema@.st_buffer(geog @extschema@.geography, radius double precision) returns @extschema@.geography;
@unavailable @extschema@.st_area(@extschema@.geometry) returns double precision;
@unavailable @extschema@.st_area(geog @extschema@.geography, use_spheroid boolean default true) returns double precision;
@unavailable @extschema@.st_length(@extschema@.geometry) returns double precision;
@unavailable @extschema@.st_centroid(@extschema@.geometry) returns @extschema@.geometry;
@unavailable @extschema@.st_intersects(geom1 @extschema@.geometry, geom2 @extschema@.geometry) returns boolean;
@unavailable @extschema@.st_intersects(geog1 @extschema@.geography, geog2 @extschema@.geography) returns boolean;
@unavailable @extschema@.st_contains(geom1 @extschema@.geometry, geom2 @extschema@.geometry) returns boolean;
@unavailable @extschema@.st_within(geom1 @extschema@.geometry, geom2 @extschema@.geometry) returns boolean;
@unavailable @extschema@.st_covers(geom1 @extschema@.geometry, geom2 @extschema@.geometry) returns boolean;
@unavailable @extschema@.st_union(geom1 @extschema@.geometry, geom2 @extschema@.geometry) returns @extschema@.geometry;
@unavailable @extschema@.st_intersection(geom1 @extschema@.geometry, geom2 @extschema@.geometry) returns @extschema@.geometry;
@unavailable @extschema@.st_makeenvelope(double precision, double precision, double precision, double precision, integer default 0) returns @extschema@.geometry;
@unavailable @extschema@.st_geomfromgeojson(text) returns @extschema@.geometry;
@unavailable @extschema@.st_geomfromgeojson(jsonb) returns @extschema@.geometry;
@unavailable @extschema@.st_makeline(geom1 @extschema@.geometry, geom2 @extschema@.geometry) returns @extschema@.geometry;
@unavailable @extschema@.st_isvalid(@extschema@.geometry) returns boolean;
@unavailable @extschema@.geometry_overlaps(geom1 @extschema@.geometry, geom2 @extschema@.geometry) returns boolean;
create operator @extschema@.&& (leftarg = @extschema@.geometry, rightarg = @extschema@.geometry, function = @extschema@.geometry_overlaps);
create function @extschema@.postgis_version() returns text language sql immutable as $$ select '3.3 USE_GEOS=0 USE_PROJ=0 USE_STATS=0'::text $$;
create function @extschema@.postgis_full_version() returns text language sql immutable
  as $$ select 'POSTGIS="3.3.7" (stand-in of the embedded database)'::text $$;

do $outer$
declare
  kind text;
begin
  foreach kind in array array['geometry', 'geography'] loop
    execute replace(replace($sql$
      create function @extschema@.#K#_gist_consistent(internal, #T#, integer) returns boolean language c immutable strict
        as '$libdir/pg_trgm', 'gtrgm_consistent';
      create function @extschema@.#K#_gist_union(bytea, internal) returns internal language c immutable strict as '$libdir/pg_trgm', 'gtrgm_union';
      create function @extschema@.#K#_gist_compress(internal) returns internal language c immutable strict
        as '$libdir/pg_trgm', 'gtrgm_compress';
      create function @extschema@.#K#_gist_decompress(internal) returns internal language c immutable strict
        as '$libdir/pg_trgm', 'gtrgm_decompress';
      create function @extschema@.#K#_gist_penalty(internal, internal, internal) returns internal language c immutable strict
        as '$libdir/pg_trgm', 'gtrgm_penalty';
      create function @extschema@.#K#_gist_picksplit(internal, internal) returns internal language c immutable strict
        as '$libdir/pg_trgm', 'gtrgm_picksplit';
      create function @extschema@.#K#_gist_same(@extschema@.box2df, @extschema@.box2df, internal) returns internal language c immutable strict
        as '$libdir/pg_trgm', 'gtrgm_same';
      create operator class @extschema@.gist_#K#_ops default for type #T# using gist as storage @extschema@.box2df,
        function 1 @extschema@.#K#_gist_consistent(internal, #T#, integer), function 2 @extschema@.#K#_gist_union(bytea, internal),
        function 3 @extschema@.#K#_gist_compress(internal), function 4 @extschema@.#K#_gist_decompress(internal),
        function 5 @extschema@.#K#_gist_penalty(internal, internal, internal), function 6 @extschema@.#K#_gist_picksplit(internal, internal),
        function 7 @extschema@.#K#_gist_same(@extschema@.box2df, @extschema@.box2df, internal);
    $sql$, '#T#', '@extschema@.' || kind), '#K#', kind);
  end loop;
end
$outer$;
alter operator family @extschema@.gist_geometry_ops using gist rename to gist_geometry_ops_2d;
alter operator class @extschema@.gist_geometry_ops using gist rename to gist_geometry_ops_2d;
grant select on @extschema@.spatial_ref_sys, @extschema@.geometry_columns, @extschema@.geography_columns to public;
