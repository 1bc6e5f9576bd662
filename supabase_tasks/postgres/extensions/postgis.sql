-- version: 3.3.7
-- versions: 3.1.4 3.3.2 3.3.3 3.4.0 3.5.2
-- comment: PostGIS geometry and geography spatial types and functions
-- Geometries are kept as WKT ('SRID=4326;POINT(1 2)'). Points are made, read and measured; other shapes are kept, compared as text
-- and returned. Type modifiers are numbers (standin_rewrites, `modifiers`). Indexes of all methods can be made (support functions of
-- PostgreSQL's own text types and of pg_trgm keep their text) and are never used by a query. Every name of 3.3 exists, so
-- that grants and definitions can name it; what is not computed raises. What takes or returns `internal` raises as a shell type does.
-- Types. Their input and output functions are text's: what is stored is what was written.
create type @extschema@.geometry;
create function @extschema@.geometry_in(cstring) returns @extschema@.geometry language internal immutable strict parallel safe as 'textin';
create function @extschema@.geometry_out(@extschema@.geometry) returns cstring language internal immutable strict parallel safe as 'textout';
create function @extschema@.geometry_recv(internal) returns @extschema@.geometry language internal immutable strict parallel safe as 'textrecv';
create function @extschema@.geometry_send(@extschema@.geometry) returns bytea language internal immutable strict parallel safe as 'textsend';
create function @extschema@.geometry_typmod_in(cstring[]) returns integer language internal immutable strict parallel safe as 'varbittypmodin';
create function @extschema@.geometry_typmod_out(integer) returns cstring language internal immutable strict parallel safe as 'varbittypmodout';
create type @extschema@.geometry (
  input = @extschema@.geometry_in, output = @extschema@.geometry_out, receive = @extschema@.geometry_recv, send = @extschema@.geometry_send,
  typmod_in = @extschema@.geometry_typmod_in, typmod_out = @extschema@.geometry_typmod_out, delimiter = ':', storage = main
);
create type @extschema@.geography;
create function @extschema@.geography_in(cstring, oid, integer) returns @extschema@.geography language internal immutable strict parallel safe as 'textin';
create function @extschema@.geography_out(@extschema@.geography) returns cstring language internal immutable strict parallel safe as 'textout';
create function @extschema@.geography_recv(internal, oid, integer) returns @extschema@.geography language internal immutable strict parallel safe as 'textrecv';
create function @extschema@.geography_send(@extschema@.geography) returns bytea language internal immutable strict parallel safe as 'textsend';
create function @extschema@.geography_typmod_in(cstring[]) returns integer language internal immutable strict parallel safe as 'varbittypmodin';
create function @extschema@.geography_typmod_out(integer) returns cstring language internal immutable strict parallel safe as 'varbittypmodout';
create type @extschema@.geography (
  input = @extschema@.geography_in, output = @extschema@.geography_out, receive = @extschema@.geography_recv, send = @extschema@.geography_send,
  typmod_in = @extschema@.geography_typmod_in, typmod_out = @extschema@.geography_typmod_out, delimiter = ':', storage = main
);
do $outer$
declare
  kind text;
begin
  foreach kind in array array['spheroid', 'box3d', 'box2d', 'gidx'] loop
    execute replace($sql$
      create type @extschema@.#T#;
      create function @extschema@.#T#_in(cstring) returns @extschema@.#T# language internal immutable strict parallel safe as 'textin';
      create function @extschema@.#T#_out(@extschema@.#T#) returns cstring language internal immutable strict parallel safe as 'textout';
      create type @extschema@.#T# (input = @extschema@.#T#_in, output = @extschema@.#T#_out, storage = main);
    $sql$, '#T#', kind);
  end loop;
end
$outer$;
create type @extschema@.geometry_dump as (path integer[], geom @extschema@.geometry);
create type @extschema@.valid_detail as (valid boolean, reason varchar, location @extschema@.geometry);
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

create function @extschema@.postgis_version() returns text language sql immutable as $$ select '3.3 USE_GEOS=0 USE_PROJ=0 USE_STATS=0'::text $$;
create function @extschema@.postgis_full_version() returns text language sql immutable
  as $$ select 'POSTGIS="3.3.7" (stand-in of the embedded database)'::text $$;
create function @extschema@.geography_distance_knn(@extschema@.geography, @extschema@.geography) returns double precision language sql
  immutable strict parallel safe as $$ select @extschema@.st_distance($1, $2) $$;
create function @extschema@.geometry(@extschema@.geometry, integer, boolean) returns @extschema@.geometry language sql immutable strict
  parallel safe as $$ select $1 $$;
create function @extschema@.geography(@extschema@.geography, integer, boolean) returns @extschema@.geography language sql immutable strict
  parallel safe as $$ select $1 $$;
create function @extschema@.geometry(text) returns @extschema@.geometry language sql immutable strict parallel safe
  as $$ select $1::@extschema@.geometry $$;
create function @extschema@."text"(@extschema@.geometry) returns text language sql immutable strict parallel safe as $$ select $1::text $$;
create function @extschema@.geometry(@extschema@.geography) returns @extschema@.geometry language sql immutable strict parallel safe
  as $$ select $1::@extschema@.geometry $$;
create function @extschema@.geography(@extschema@.geometry) returns @extschema@.geography language sql immutable strict parallel safe
  as $$ select $1::@extschema@.geography $$;

-- Order and equality are those of the text.
do $outer$
declare
  kind text;
  source text;
begin
  foreach kind in array array['geometry', 'geography'] loop
    foreach source in array array['lt <', 'le <=', 'eq =', 'ge >=', 'gt >'] loop
      execute format(
        'create function @extschema@.%1$s_%2$s(geom1 @extschema@.%1$s, geom2 @extschema@.%1$s) returns boolean language sql immutable strict
           parallel safe return $1::text operator(pg_catalog.%3$s) $2::text;
         create operator @extschema@.%3$s (leftarg = @extschema@.%1$s, rightarg = @extschema@.%1$s, function = @extschema@.%1$s_%2$s%4$s)',
        case kind when 'geometry' then 'geometry' else 'geography' end, split_part(source, ' ', 1), split_part(source, ' ', 2),
        case source when 'eq =' then ', commutator = =, hashes, merges, restrict = eqsel, join = eqjoinsel' else '' end);
    end loop;
    execute replace($sql$
      create function @extschema@.#T#_cmp(geom1 @extschema@.#T#, geom2 @extschema@.#T#) returns integer language sql immutable strict
        parallel safe return pg_catalog.bttextcmp($1::text, $2::text);
      create function @extschema@.#T#_hash(@extschema@.#T#) returns integer language sql immutable strict
        parallel safe return pg_catalog.hashtext($1::text);
      create operator class @extschema@.btree_#T#_ops default for type @extschema@.#T# using btree as
        operator 1 @extschema@.<, operator 2 @extschema@.<=, operator 3 @extschema@.=, operator 4 @extschema@.>=, operator 5 @extschema@.>,
        function 1 @extschema@.#T#_cmp(@extschema@.#T#, @extschema@.#T#);
      create operator class @extschema@.hash_#T#_ops default for type @extschema@.#T# using hash as
        operator 1 @extschema@.=, function 1 @extschema@.#T#_hash(@extschema@.#T#);
      create operator class @extschema@.brin_#T#_inclusion_ops default for type @extschema@.#T# using brin as
        operator 1 @extschema@.<, operator 2 @extschema@.<=, operator 3 @extschema@.=, operator 4 @extschema@.>=, operator 5 @extschema@.>,
        function 1 pg_catalog.brin_minmax_opcinfo(internal), function 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
        function 3 pg_catalog.brin_minmax_consistent(internal, internal, internal), function 4 pg_catalog.brin_minmax_union(internal, internal, internal);
      create operator class @extschema@.spgist_#T#_ops default for type @extschema@.#T# using spgist as
        function 1 pg_catalog.spg_text_config(internal, internal), function 2 pg_catalog.spg_text_choose(internal, internal),
        function 3 pg_catalog.spg_text_picksplit(internal, internal), function 4 pg_catalog.spg_text_inner_consistent(internal, internal),
        function 5 pg_catalog.spg_text_leaf_consistent(internal, internal);
    $sql$, '#T#', kind);
  end loop;
end
$outer$;
alter operator family @extschema@.brin_geometry_inclusion_ops using brin rename to brin_geometry_inclusion_ops_2d;
alter operator class @extschema@.brin_geometry_inclusion_ops using brin rename to brin_geometry_inclusion_ops_2d;
alter operator family @extschema@.spgist_geometry_ops using spgist rename to spgist_geometry_ops_2d;
alter operator class @extschema@.spgist_geometry_ops using spgist rename to spgist_geometry_ops_2d;
alter operator family @extschema@.spgist_geography_ops using spgist rename to spgist_geography_ops_nd;
alter operator class @extschema@.spgist_geography_ops using spgist rename to spgist_geography_ops_nd;

-- What PostgreSQL calls for indexes, statistics and aggregates, by signature. A call raises.
do $outer$
declare
  signature text;
begin
  foreach signature in array array[
    'geometry_analyze(internal) returns boolean',
    'geometry_sortsupport(internal) returns void',
    'geometry_gist_distance_2d(internal, geometry, integer) returns double precision',
    'geometry_gist_consistent_2d(internal, geometry, integer) returns boolean',
    'geometry_gist_compress_2d(internal) returns internal',
    'geometry_gist_penalty_2d(internal, internal, internal) returns internal',
    'geometry_gist_picksplit_2d(internal, internal) returns internal',
    'geometry_gist_union_2d(bytea, internal) returns internal',
    'geometry_gist_same_2d(geom1 geometry, geom2 geometry, internal) returns internal',
    'geometry_gist_decompress_2d(internal) returns internal',
    'geometry_gist_sortsupport_2d(internal) returns void',
    'gserialized_gist_sel_2d(internal, oid, internal, integer) returns double precision',
    'gserialized_gist_sel_nd(internal, oid, internal, integer) returns double precision',
    'gserialized_gist_joinsel_2d(internal, oid, internal, smallint) returns double precision',
    'gserialized_gist_joinsel_nd(internal, oid, internal, smallint) returns double precision',
    'geometry_gist_consistent_nd(internal, geometry, integer) returns boolean',
    'geometry_gist_compress_nd(internal) returns internal',
    'geometry_gist_penalty_nd(internal, internal, internal) returns internal',
    'geometry_gist_picksplit_nd(internal, internal) returns internal',
    'geometry_gist_union_nd(bytea, internal) returns internal',
    'geometry_gist_same_nd(geometry, geometry, internal) returns internal',
    'geometry_gist_decompress_nd(internal) returns internal',
    'geometry_gist_distance_nd(internal, geometry, integer) returns double precision',
    'pgis_geometry_accum_transfn(internal, geometry) returns internal',
    'pgis_geometry_accum_transfn(internal, geometry, double precision) returns internal',
    'pgis_geometry_accum_transfn(internal, geometry, double precision, integer) returns internal',
    'pgis_geometry_collect_finalfn(internal) returns geometry',
    'pgis_geometry_polygonize_finalfn(internal) returns geometry',
    'pgis_geometry_clusterintersecting_finalfn(internal) returns geometry[]',
    'pgis_geometry_clusterwithin_finalfn(internal) returns geometry[]',
    'pgis_geometry_makeline_finalfn(internal) returns geometry',
    'pgis_geometry_union_parallel_transfn(internal, geometry) returns internal',
    'pgis_geometry_union_parallel_transfn(internal, geometry, double precision) returns internal',
    'pgis_geometry_union_parallel_combinefn(internal, internal) returns internal',
    'pgis_geometry_union_parallel_serialfn(internal) returns bytea',
    'pgis_geometry_union_parallel_deserialfn(bytea, internal) returns internal',
    'pgis_geometry_union_parallel_finalfn(internal) returns geometry',
    'postgis_index_supportfn(internal) returns internal',
    'pgis_asmvt_transfn(internal, anyelement) returns internal',
    'pgis_asmvt_transfn(internal, anyelement, text) returns internal',
    'pgis_asmvt_transfn(internal, anyelement, text, integer) returns internal',
    'pgis_asmvt_transfn(internal, anyelement, text, integer, text) returns internal',
    'pgis_asmvt_transfn(internal, anyelement, text, integer, text, text) returns internal',
    'pgis_asmvt_finalfn(internal) returns bytea',
    'pgis_asmvt_combinefn(internal, internal) returns internal',
    'pgis_asmvt_serialfn(internal) returns bytea',
    'pgis_asmvt_deserialfn(bytea, internal) returns internal',
    'pgis_asgeobuf_transfn(internal, anyelement) returns internal',
    'pgis_asgeobuf_transfn(internal, anyelement, text) returns internal',
    'pgis_asgeobuf_finalfn(internal) returns bytea',
    'pgis_asflatgeobuf_transfn(internal, anyelement) returns internal',
    'pgis_asflatgeobuf_transfn(internal, anyelement, boolean) returns internal',
    'pgis_asflatgeobuf_transfn(internal, anyelement, boolean, text) returns internal',
    'pgis_asflatgeobuf_finalfn(internal) returns bytea',
    'st_swapordinates(geom geometry, ords cstring) returns geometry',
    'geography_analyze(internal) returns boolean',
    'geography_gist_same(box2d, box2d, internal) returns internal',
    'geography_gist_distance(internal, geography, integer) returns double precision',
    'geog_brin_inclusion_add_value(internal, internal, internal, internal) returns boolean',
    'geom2d_brin_inclusion_add_value(internal, internal, internal, internal) returns boolean',
    'geom3d_brin_inclusion_add_value(internal, internal, internal, internal) returns boolean',
    'geom4d_brin_inclusion_add_value(internal, internal, internal, internal) returns boolean',
    'geometry_spgist_config_2d(internal, internal) returns void',
    'geometry_spgist_choose_2d(internal, internal) returns void',
    'geometry_spgist_picksplit_2d(internal, internal) returns void',
    'geometry_spgist_inner_consistent_2d(internal, internal) returns void',
    'geometry_spgist_leaf_consistent_2d(internal, internal) returns boolean',
    'geometry_spgist_compress_2d(internal) returns internal',
    'geometry_spgist_config_3d(internal, internal) returns void',
    'geometry_spgist_choose_3d(internal, internal) returns void',
    'geometry_spgist_picksplit_3d(internal, internal) returns void',
    'geometry_spgist_inner_consistent_3d(internal, internal) returns void',
    'geometry_spgist_leaf_consistent_3d(internal, internal) returns boolean',
    'geometry_spgist_compress_3d(internal) returns internal',
    'geometry_spgist_config_nd(internal, internal) returns void',
    'geometry_spgist_choose_nd(internal, internal) returns void',
    'geometry_spgist_picksplit_nd(internal, internal) returns void',
    'geometry_spgist_inner_consistent_nd(internal, internal) returns void',
    'geometry_spgist_leaf_consistent_nd(internal, internal) returns boolean',
    'geometry_spgist_compress_nd(internal) returns internal',
    'geography_spgist_config_nd(internal, internal) returns void',
    'geography_spgist_choose_nd(internal, internal) returns void',
    'geography_spgist_picksplit_nd(internal, internal) returns void',
    'geography_spgist_inner_consistent_nd(internal, internal) returns void',
    'geography_spgist_leaf_consistent_nd(internal, internal) returns boolean',
    'geography_spgist_compress_nd(internal) returns internal'
  ] loop
    execute format('create function @extschema@.%s language internal immutable parallel safe as ''shell_in''', signature);
  end loop;
end
$outer$;

-- The rest of PostGIS 3.3, by signature.
@unavailable _postgis_deprecate(oldname text, newname text, version text) returns void immutable strict;
@unavailable geometry(point) returns geometry immutable strict parallel safe;
@unavailable "point"(geometry) returns point immutable strict parallel safe;
@unavailable geometry(path) returns geometry immutable strict parallel safe;
@unavailable "path"(geometry) returns path immutable strict parallel safe;
@unavailable geometry(polygon) returns geometry immutable strict parallel safe;
@unavailable "polygon"(geometry) returns polygon immutable strict parallel safe;
@unavailable st_z(geometry) returns double precision immutable strict parallel safe;
@unavailable st_m(geometry) returns double precision immutable strict parallel safe;
@unavailable _postgis_selectivity(tbl regclass, att_name text, geom geometry,
  mode text default '2') returns double precision strict parallel safe;
@unavailable _postgis_join_selectivity(regclass, text, regclass, text,
  text default '2') returns double precision strict parallel safe;
@unavailable _postgis_stats(tbl regclass, att_name text, text default '2') returns text strict parallel safe;
@unavailable _postgis_index_extent(tbl regclass, col text) returns box2d stable strict;
@unavailable geometry_overlaps(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_same(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_distance_centroid(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable geometry_distance_box(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable geometry_contains(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_within(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_left(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_overleft(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_below(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_overbelow(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_overright(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_right(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_overabove(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_above(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_overlaps_nd(geometry, geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_contains_nd(geometry, geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_within_nd(geometry, geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_same_nd(geometry, geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_distance_centroid_nd(geometry, geometry) returns double precision immutable strict parallel safe;
@unavailable geometry_distance_cpa(geometry, geometry) returns double precision immutable strict parallel safe;
@unavailable st_shiftlongitude(geometry) returns geometry immutable strict parallel safe;
@unavailable st_wrapx(geom geometry, wrap double precision, move double precision) returns geometry immutable strict parallel safe;
@unavailable st_xmin(box3d) returns double precision immutable strict parallel safe;
@unavailable st_ymin(box3d) returns double precision immutable strict parallel safe;
@unavailable st_zmin(box3d) returns double precision immutable strict parallel safe;
@unavailable st_xmax(box3d) returns double precision immutable strict parallel safe;
@unavailable st_ymax(box3d) returns double precision immutable strict parallel safe;
@unavailable st_zmax(box3d) returns double precision immutable strict parallel safe;
@unavailable st_expand(box2d, double precision) returns box2d immutable strict parallel safe;
@unavailable st_expand(box box2d, dx double precision, dy double precision) returns box2d immutable strict parallel safe;
@unavailable postgis_getbbox(geometry) returns box2d immutable strict parallel safe;
@unavailable st_makebox2d(geom1 geometry, geom2 geometry) returns box2d immutable strict parallel safe;
@unavailable st_estimatedextent(text, text, text, boolean) returns box2d stable strict;
@unavailable st_estimatedextent(text, text, text) returns box2d stable strict;
@unavailable st_estimatedextent(text, text) returns box2d stable strict;
@unavailable st_findextent(text, text, text) returns box2d stable strict parallel safe;
@unavailable st_findextent(text, text) returns box2d stable strict parallel safe;
@unavailable postgis_addbbox(geometry) returns geometry immutable strict parallel safe;
@unavailable postgis_dropbbox(geometry) returns geometry immutable strict parallel safe;
@unavailable postgis_hasbbox(geometry) returns boolean immutable strict parallel safe;
@unavailable st_quantizecoordinates(g geometry, prec_x integer, prec_y integer default NULL, prec_z integer default NULL,
  prec_m integer default NULL) returns geometry immutable parallel safe;
@unavailable st_memsize(geometry) returns integer immutable strict parallel safe;
@unavailable st_summary(geometry) returns text immutable strict parallel safe;
@unavailable st_npoints(geometry) returns integer immutable strict parallel safe;
@unavailable st_nrings(geometry) returns integer immutable strict parallel safe;
@unavailable st_3dlength(geometry) returns double precision immutable strict parallel safe;
@unavailable st_length2d(geometry) returns double precision immutable strict parallel safe;
@unavailable st_length(geometry) returns double precision immutable strict parallel safe;
@unavailable st_lengthspheroid(geometry, spheroid) returns double precision immutable strict parallel safe;
@unavailable st_length2dspheroid(geometry, spheroid) returns double precision immutable strict parallel safe;
@unavailable st_3dperimeter(geometry) returns double precision immutable strict parallel safe;
@unavailable st_perimeter2d(geometry) returns double precision immutable strict parallel safe;
@unavailable st_perimeter(geometry) returns double precision immutable strict parallel safe;
@unavailable st_area2d(geometry) returns double precision immutable strict parallel safe;
@unavailable st_area(geometry) returns double precision immutable strict parallel safe;
@unavailable st_ispolygoncw(geometry) returns boolean immutable strict parallel safe;
@unavailable st_ispolygonccw(geometry) returns boolean immutable strict parallel safe;
@unavailable st_distancespheroid(geom1 geometry, geom2 geometry, spheroid) returns double precision immutable strict parallel safe;
@unavailable st_distancespheroid(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_pointinsidecircle(geometry, double precision, double precision,
  double precision) returns boolean immutable strict parallel safe;
@unavailable st_azimuth(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_angle(pt1 geometry, pt2 geometry, pt3 geometry,
  pt4 geometry default 'POINT EMPTY'::geometry) returns double precision immutable strict parallel safe;
@unavailable st_force2d(geometry) returns geometry immutable strict parallel safe;
@unavailable st_force3dz(geom geometry, zvalue double precision default 0.0) returns geometry immutable strict parallel safe;
@unavailable st_force3d(geom geometry, zvalue double precision default 0.0) returns geometry immutable strict parallel safe;
@unavailable st_force3dm(geom geometry, mvalue double precision default 0.0) returns geometry immutable strict parallel safe;
@unavailable st_force4d(geom geometry, zvalue double precision default 0.0,
  mvalue double precision default 0.0) returns geometry immutable strict parallel safe;
@unavailable st_forcecollection(geometry) returns geometry immutable strict parallel safe;
@unavailable st_collectionextract(geometry, integer) returns geometry immutable strict parallel safe;
@unavailable st_collectionextract(geometry) returns geometry immutable strict parallel safe;
@unavailable st_collectionhomogenize(geometry) returns geometry immutable strict parallel safe;
@unavailable st_multi(geometry) returns geometry immutable strict parallel safe;
@unavailable st_forcecurve(geometry) returns geometry immutable strict parallel safe;
@unavailable st_forcesfs(geometry) returns geometry immutable strict parallel safe;
@unavailable st_forcesfs(geometry, version text) returns geometry immutable strict parallel safe;
@unavailable st_expand(box3d, double precision) returns box3d immutable strict parallel safe;
@unavailable st_expand(box box3d, dx double precision, dy double precision,
  dz double precision default 0) returns box3d immutable strict parallel safe;
@unavailable st_expand(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_expand(geom geometry, dx double precision, dy double precision, dz double precision default 0,
  dm double precision default 0) returns geometry immutable strict parallel safe;
@unavailable st_envelope(geometry) returns geometry immutable strict parallel safe;
@unavailable st_boundingdiagonal(geom geometry, fits boolean default false) returns geometry immutable strict parallel safe;
@unavailable st_reverse(geometry) returns geometry immutable strict parallel safe;
@unavailable st_scroll(geometry, geometry) returns geometry immutable strict parallel safe;
@unavailable st_forcepolygoncw(geometry) returns geometry immutable strict parallel safe;
@unavailable st_forcepolygonccw(geometry) returns geometry immutable strict parallel safe;
@unavailable st_forcerhr(geometry) returns geometry immutable strict parallel safe;
@unavailable postgis_noop(geometry) returns geometry immutable strict parallel safe;
@unavailable postgis_geos_noop(geometry) returns geometry immutable strict parallel safe;
@unavailable st_normalize(geom geometry) returns geometry immutable strict parallel safe;
@unavailable st_zmflag(geometry) returns smallint immutable strict parallel safe;
@unavailable st_ndims(geometry) returns smallint immutable strict parallel safe;
@unavailable st_asewkt(geometry, integer) returns text immutable strict parallel safe;
@unavailable st_astwkb(geom geometry, prec integer default NULL, prec_z integer default NULL, prec_m integer default NULL,
  with_sizes boolean default NULL, with_boxes boolean default NULL) returns bytea immutable parallel safe;
@unavailable st_astwkb(geom geometry[], ids bigint[], prec integer default NULL, prec_z integer default NULL,
  prec_m integer default NULL, with_sizes boolean default NULL,
  with_boxes boolean default NULL) returns bytea immutable parallel safe;
@unavailable st_asewkb(geometry) returns bytea immutable strict parallel safe;
@unavailable st_ashexewkb(geometry) returns text immutable strict parallel safe;
@unavailable st_ashexewkb(geometry, text) returns text immutable strict parallel safe;
@unavailable st_asewkb(geometry, text) returns bytea immutable strict parallel safe;
@unavailable st_aslatlontext(geom geometry, tmpl text default '') returns text immutable strict parallel safe;
@unavailable geomfromewkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_geomfromewkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_geomfromtwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable geomfromewkt(text) returns geometry immutable strict parallel safe;
@unavailable postgis_cache_bbox() returns trigger;
@unavailable st_makepoint(double precision, double precision, double precision) returns geometry immutable strict parallel safe;
@unavailable st_makepoint(double precision, double precision, double precision,
  double precision) returns geometry immutable strict parallel safe;
@unavailable st_makepointm(double precision, double precision, double precision) returns geometry immutable strict parallel safe;
@unavailable st_3dmakebox(geom1 geometry, geom2 geometry) returns box3d immutable strict parallel safe;
@unavailable st_makeline(geometry[]) returns geometry immutable strict parallel safe;
@unavailable st_linefrommultipoint(geometry) returns geometry immutable strict parallel safe;
@unavailable st_makeline(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_addpoint(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_addpoint(geom1 geometry, geom2 geometry, integer) returns geometry immutable strict parallel safe;
@unavailable st_removepoint(geometry, integer) returns geometry immutable strict parallel safe;
@unavailable st_setpoint(geometry, integer, geometry) returns geometry immutable strict parallel safe;
@unavailable st_makeenvelope(double precision, double precision, double precision, double precision,
  integer default 0) returns geometry immutable strict parallel safe;
@unavailable st_tileenvelope(zoom integer, x integer, y integer,
  bounds geometry default 'SRID=3857;LINESTRING(-20037508.342789244 -20037508.342789244,
  20037508.342789244 20037508.342789244)'::geometry, margin double precision default 0.0) returns geometry immutable strict parallel safe;
@unavailable st_makepolygon(geometry, geometry[]) returns geometry immutable strict parallel safe;
@unavailable st_makepolygon(geometry) returns geometry immutable strict parallel safe;
@unavailable st_buildarea(geometry) returns geometry immutable strict parallel safe;
@unavailable st_polygonize(geometry[]) returns geometry immutable strict parallel safe;
@unavailable st_clusterintersecting(geometry[]) returns geometry[] immutable strict parallel safe;
@unavailable st_clusterwithin(geometry[], double precision) returns geometry[] immutable strict parallel safe;
@unavailable st_linemerge(geometry) returns geometry immutable strict parallel safe;
@unavailable st_linemerge(geometry, boolean) returns geometry immutable strict parallel safe;
@unavailable st_affine(geometry, double precision, double precision, double precision, double precision, double precision,
  double precision, double precision, double precision, double precision, double precision, double precision,
  double precision) returns geometry immutable strict parallel safe;
@unavailable st_affine(geometry, double precision, double precision, double precision, double precision, double precision,
  double precision) returns geometry immutable strict parallel safe;
@unavailable st_rotate(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_rotate(geometry, double precision, double precision,
  double precision) returns geometry immutable strict parallel safe;
@unavailable st_rotate(geometry, double precision, geometry) returns geometry immutable strict parallel safe;
@unavailable st_rotatez(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_rotatex(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_rotatey(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_translate(geometry, double precision, double precision,
  double precision) returns geometry immutable strict parallel safe;
@unavailable st_translate(geometry, double precision, double precision) returns geometry immutable strict parallel safe;
@unavailable st_scale(geometry, geometry) returns geometry immutable strict parallel safe;
@unavailable st_scale(geometry, geometry, origin geometry) returns geometry immutable strict parallel safe;
@unavailable st_scale(geometry, double precision, double precision,
  double precision) returns geometry immutable strict parallel safe;
@unavailable st_scale(geometry, double precision, double precision) returns geometry immutable strict parallel safe;
@unavailable st_transscale(geometry, double precision, double precision, double precision,
  double precision) returns geometry immutable strict parallel safe;
@unavailable st_dump(geometry) returns setof geometry_dump immutable strict parallel safe;
@unavailable st_dumprings(geometry) returns setof geometry_dump immutable strict parallel safe;
@unavailable st_dumppoints(geometry) returns setof geometry_dump immutable strict parallel safe;
@unavailable st_dumpsegments(geometry) returns setof geometry_dump immutable strict parallel safe;
@unavailable populate_geometry_columns(use_typmod boolean default true) returns text;
@unavailable populate_geometry_columns(tbl_oid oid, use_typmod boolean default true) returns integer;
@unavailable addgeometrycolumn(catalog_name varchar, schema_name varchar, table_name varchar, column_name varchar,
  new_srid_in integer, new_type varchar, new_dim integer, use_typmod boolean default true) returns text strict;
@unavailable addgeometrycolumn(schema_name varchar, table_name varchar, column_name varchar, new_srid integer,
  new_type varchar, new_dim integer, use_typmod boolean default true) returns text stable strict;
@unavailable addgeometrycolumn(table_name varchar, column_name varchar, new_srid integer, new_type varchar, new_dim integer,
  use_typmod boolean default true) returns text strict;
@unavailable dropgeometrycolumn(catalog_name varchar, schema_name varchar, table_name varchar,
  column_name varchar) returns text strict;
@unavailable dropgeometrycolumn(schema_name varchar, table_name varchar, column_name varchar) returns text strict;
@unavailable dropgeometrycolumn(table_name varchar, column_name varchar) returns text strict;
@unavailable dropgeometrytable(catalog_name varchar, schema_name varchar, table_name varchar) returns text strict;
@unavailable dropgeometrytable(schema_name varchar, table_name varchar) returns text strict;
@unavailable dropgeometrytable(table_name varchar) returns text strict;
@unavailable updategeometrysrid(catalogn_name varchar, schema_name varchar, table_name varchar, column_name varchar,
  new_srid_in integer) returns text strict;
@unavailable updategeometrysrid(varchar, varchar, varchar, integer) returns text strict;
@unavailable updategeometrysrid(varchar, varchar, integer) returns text strict;
@unavailable find_srid(varchar, varchar, varchar) returns integer stable strict parallel safe;
@unavailable get_proj4_from_srid(integer) returns text immutable strict parallel safe;
@unavailable postgis_transform_geometry(geom geometry, text, text, integer) returns geometry immutable strict parallel safe;
@unavailable st_transform(geometry, integer) returns geometry immutable strict parallel safe;
@unavailable st_transform(geom geometry, to_proj text) returns geometry immutable strict parallel safe;
@unavailable st_transform(geom geometry, from_proj text, to_proj text) returns geometry immutable strict parallel safe;
@unavailable st_transform(geom geometry, from_proj text, to_srid integer) returns geometry immutable strict parallel safe;
@unavailable postgis_liblwgeom_version() returns text immutable;
@unavailable postgis_proj_version() returns text immutable;
@unavailable postgis_wagyu_version() returns text immutable;
@unavailable postgis_scripts_installed() returns text immutable;
@unavailable postgis_lib_version() returns text immutable;
@unavailable postgis_scripts_released() returns text immutable;
@unavailable postgis_geos_version() returns text immutable;
@unavailable postgis_lib_revision() returns text immutable;
@unavailable postgis_svn_version() returns text immutable;
@unavailable postgis_libxml_version() returns text immutable;
@unavailable postgis_scripts_build_date() returns text immutable;
@unavailable postgis_lib_build_date() returns text immutable;
@unavailable _postgis_scripts_pgsql_version() returns text immutable;
@unavailable _postgis_pgsql_version() returns text stable;
@unavailable postgis_extensions_upgrade() returns text;
@unavailable box2d(geometry) returns box2d immutable strict parallel safe;
@unavailable box3d(geometry) returns box3d immutable strict parallel safe;
@unavailable "box"(geometry) returns box immutable strict parallel safe;
@unavailable box2d(box3d) returns box2d immutable strict parallel safe;
@unavailable box3d(box2d) returns box3d immutable strict parallel safe;
@unavailable "box"(box3d) returns box immutable strict parallel safe;
@unavailable box3dtobox(box3d) returns box immutable strict parallel safe;
@unavailable geometry(box2d) returns geometry immutable strict parallel safe;
@unavailable geometry(box3d) returns geometry immutable strict parallel safe;
@unavailable geometry(bytea) returns geometry immutable strict parallel safe;
@unavailable "bytea"(geometry) returns bytea immutable strict parallel safe;
@unavailable st_simplify(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_simplify(geometry, double precision, boolean) returns geometry immutable strict parallel safe;
@unavailable st_simplifyvw(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_seteffectivearea(geometry, double precision default -1,
  integer default 1) returns geometry immutable strict parallel safe;
@unavailable st_filterbym(geometry, double precision, double precision default NULL,
  boolean default false) returns geometry immutable parallel safe;
@unavailable st_chaikinsmoothing(geometry, integer default 1,
  boolean default false) returns geometry immutable strict parallel safe;
@unavailable st_snaptogrid(geometry, double precision, double precision, double precision,
  double precision) returns geometry immutable strict parallel safe;
@unavailable st_snaptogrid(geometry, double precision, double precision) returns geometry immutable strict parallel safe;
@unavailable st_snaptogrid(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_snaptogrid(geom1 geometry, geom2 geometry, double precision, double precision, double precision,
  double precision) returns geometry immutable strict parallel safe;
@unavailable st_segmentize(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_lineinterpolatepoint(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_lineinterpolatepoints(geometry, double precision,
  repeat boolean default true) returns geometry immutable strict parallel safe;
@unavailable st_linesubstring(geometry, double precision, double precision) returns geometry immutable strict parallel safe;
@unavailable st_linelocatepoint(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_addmeasure(geometry, double precision, double precision) returns geometry immutable strict parallel safe;
@unavailable st_closestpointofapproach(geometry, geometry) returns double precision immutable strict parallel safe;
@unavailable st_distancecpa(geometry, geometry) returns double precision immutable strict parallel safe;
@unavailable st_cpawithin(geometry, geometry, double precision) returns boolean immutable strict parallel safe;
@unavailable st_isvalidtrajectory(geometry) returns boolean immutable strict parallel safe;
@unavailable st_intersection(geom1 geometry, geom2 geometry,
  gridsize double precision default -1) returns geometry immutable strict parallel safe;
@unavailable st_buffer(geom geometry, radius double precision,
  options text default '') returns geometry immutable strict parallel safe;
@unavailable st_buffer(geom geometry, radius double precision, quadsegs integer) returns geometry immutable strict parallel safe;
@unavailable st_minimumboundingradius(geometry, out center geometry,
  out radius double precision) returns record immutable strict parallel safe;
@unavailable st_minimumboundingcircle(inputgeom geometry,
  segs_per_quarter integer default 48) returns geometry immutable strict parallel safe;
@unavailable st_orientedenvelope(geometry) returns geometry immutable strict parallel safe;
@unavailable st_offsetcurve(line geometry, distance double precision,
  params text default '') returns geometry immutable strict parallel safe;
@unavailable st_generatepoints(area geometry, npoints integer) returns geometry strict parallel safe;
@unavailable st_generatepoints(area geometry, npoints integer, seed integer) returns geometry immutable strict parallel safe;
@unavailable st_convexhull(geometry) returns geometry immutable strict parallel safe;
@unavailable st_simplifypreservetopology(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_isvalidreason(geometry) returns text immutable strict parallel safe;
@unavailable st_isvaliddetail(geom geometry, flags integer default 0) returns valid_detail immutable strict parallel safe;
@unavailable st_isvalidreason(geometry, integer) returns text immutable strict parallel safe;
@unavailable st_isvalid(geometry, integer) returns boolean immutable strict parallel safe;
@unavailable st_hausdorffdistance(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_hausdorffdistance(geom1 geometry, geom2 geometry,
  double precision) returns double precision immutable strict parallel safe;
@unavailable st_frechetdistance(geom1 geometry, geom2 geometry,
  double precision default -1) returns double precision immutable strict parallel safe;
@unavailable st_maximuminscribedcircle(geometry, out center geometry, out nearest geometry,
  out radius double precision) returns record immutable strict parallel safe;
@unavailable st_difference(geom1 geometry, geom2 geometry,
  gridsize double precision default -1.0) returns geometry immutable strict parallel safe;
@unavailable st_boundary(geometry) returns geometry immutable strict parallel safe;
@unavailable st_points(geometry) returns geometry immutable strict parallel safe;
@unavailable st_symdifference(geom1 geometry, geom2 geometry,
  gridsize double precision default -1.0) returns geometry immutable strict parallel safe;
@unavailable st_symmetricdifference(geom1 geometry, geom2 geometry) returns geometry;
@unavailable st_union(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_union(geom1 geometry, geom2 geometry, gridsize double precision) returns geometry immutable strict parallel safe;
@unavailable st_unaryunion(geometry, gridsize double precision default -1.0) returns geometry immutable strict parallel safe;
@unavailable st_removerepeatedpoints(geom geometry,
  tolerance double precision default 0.0) returns geometry immutable strict parallel safe;
@unavailable st_clipbybox2d(geom geometry, box box2d) returns geometry immutable strict parallel safe;
@unavailable st_subdivide(geom geometry, maxvertices integer default 256,
  gridsize double precision default -1.0) returns setof geometry immutable strict parallel safe;
@unavailable st_reduceprecision(geom geometry, gridsize double precision) returns geometry immutable strict parallel safe;
@unavailable st_makevalid(geometry) returns geometry immutable strict parallel safe;
@unavailable st_makevalid(geom geometry, params text) returns geometry immutable strict parallel safe;
@unavailable st_cleangeometry(geometry) returns geometry immutable strict parallel safe;
@unavailable st_split(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_sharedpaths(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_snap(geom1 geometry, geom2 geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable st_relatematch(text, text) returns boolean immutable strict parallel safe;
@unavailable st_node(g geometry) returns geometry immutable strict parallel safe;
@unavailable st_delaunaytriangles(g1 geometry, tolerance double precision default 0.0,
  flags integer default 0) returns geometry immutable strict parallel safe;
@unavailable st_triangulatepolygon(g1 geometry) returns geometry immutable strict parallel safe;
@unavailable _st_voronoi(g1 geometry, clip geometry default NULL, tolerance double precision default 0.0,
  return_polygons boolean default true) returns geometry immutable parallel safe;
@unavailable st_voronoipolygons(g1 geometry, tolerance double precision default 0.0,
  extend_to geometry default NULL) returns geometry immutable parallel safe;
@unavailable st_voronoilines(g1 geometry, tolerance double precision default 0.0,
  extend_to geometry default NULL) returns geometry immutable parallel safe;
@unavailable st_combinebbox(box3d, geometry) returns box3d immutable parallel safe;
@unavailable st_combinebbox(box3d, box3d) returns box3d immutable parallel safe;
@unavailable st_combinebbox(box2d, geometry) returns box2d immutable parallel safe;
@unavailable st_collect(geom1 geometry, geom2 geometry) returns geometry immutable parallel safe;
@unavailable st_collect(geometry[]) returns geometry immutable strict parallel safe;
@unavailable st_union(geometry[]) returns geometry immutable strict parallel safe;
@unavailable st_relate(geom1 geometry, geom2 geometry) returns text immutable strict parallel safe;
@unavailable st_relate(geom1 geometry, geom2 geometry, integer) returns text immutable strict parallel safe;
@unavailable st_relate(geom1 geometry, geom2 geometry, text) returns boolean immutable strict parallel safe;
@unavailable st_disjoint(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_linecrossingdirection(line1 geometry, line2 geometry) returns integer immutable strict parallel safe;
@unavailable _st_dwithin(geom1 geometry, geom2 geometry, double precision) returns boolean immutable strict parallel safe;
@unavailable _st_touches(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_intersects(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_crosses(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_contains(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_containsproperly(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_covers(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_coveredby(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_within(geom1 geometry, geom2 geometry) returns boolean immutable parallel safe;
@unavailable _st_overlaps(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_dfullywithin(geom1 geometry, geom2 geometry, double precision) returns boolean immutable strict parallel safe;
@unavailable _st_3ddwithin(geom1 geometry, geom2 geometry, double precision) returns boolean immutable strict parallel safe;
@unavailable _st_3ddfullywithin(geom1 geometry, geom2 geometry, double precision) returns boolean immutable strict parallel safe;
@unavailable _st_3dintersects(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_orderingequals(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_equals(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_linecrossingdirection(line1 geometry, line2 geometry) returns integer immutable strict parallel safe;
@unavailable st_touches(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_intersects(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_crosses(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_contains(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_containsproperly(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_within(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_covers(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_coveredby(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_overlaps(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_dfullywithin(geom1 geometry, geom2 geometry, double precision) returns boolean immutable strict parallel safe;
@unavailable st_3ddwithin(geom1 geometry, geom2 geometry, double precision) returns boolean immutable strict parallel safe;
@unavailable st_3ddfullywithin(geom1 geometry, geom2 geometry, double precision) returns boolean immutable strict parallel safe;
@unavailable st_3dintersects(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_orderingequals(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_equals(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_isvalid(geometry) returns boolean immutable strict parallel safe;
@unavailable st_minimumclearance(geometry) returns double precision immutable strict parallel safe;
@unavailable st_minimumclearanceline(geometry) returns geometry immutable strict parallel safe;
@unavailable st_centroid(geometry) returns geometry immutable strict parallel safe;
@unavailable st_geometricmedian(g geometry, tolerance double precision default NULL, max_iter integer default 10000,
  fail_if_not_converged boolean default false) returns geometry immutable parallel safe;
@unavailable st_isring(geometry) returns boolean immutable strict parallel safe;
@unavailable st_pointonsurface(geometry) returns geometry immutable strict parallel safe;
@unavailable st_issimple(geometry) returns boolean immutable strict parallel safe;
@unavailable st_iscollection(geometry) returns boolean immutable strict parallel safe;
@unavailable equals(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable _st_geomfromgml(text, integer) returns geometry immutable parallel safe;
@unavailable st_geomfromgml(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_geomfromgml(text) returns geometry immutable strict parallel safe;
@unavailable st_gmltosql(text) returns geometry immutable strict parallel safe;
@unavailable st_gmltosql(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_geomfromkml(text) returns geometry immutable strict parallel safe;
@unavailable st_geomfrommarc21(marc21xml text) returns geometry immutable strict parallel safe;
@unavailable st_asmarc21(geom geometry, format text default 'hdddmmss') returns text immutable strict parallel safe;
@unavailable st_geomfromgeojson(text) returns geometry immutable strict parallel safe;
@unavailable st_geomfromgeojson(json) returns geometry immutable strict parallel safe;
@unavailable st_geomfromgeojson(jsonb) returns geometry immutable strict parallel safe;
@unavailable postgis_libjson_version() returns text immutable strict parallel safe;
@unavailable st_linefromencodedpolyline(txtin text, nprecision integer default 5) returns geometry immutable strict parallel safe;
@unavailable st_asencodedpolyline(geom geometry, nprecision integer default 5) returns text immutable strict parallel safe;
@unavailable st_assvg(geom geometry, rel integer default 0,
  maxdecimaldigits integer default 15) returns text immutable strict parallel safe;
@unavailable _st_asgml(integer, geometry, integer, integer, text, text) returns text immutable parallel safe;
@unavailable st_asgml(geom geometry, maxdecimaldigits integer default 15,
  options integer default 0) returns text immutable parallel safe;
@unavailable st_asgml(version integer, geom geometry, maxdecimaldigits integer default 15, options integer default 0,
  nprefix text default NULL, id text default NULL) returns text immutable parallel safe;
@unavailable st_askml(geom geometry, maxdecimaldigits integer default 15,
  nprefix text default '') returns text immutable strict parallel safe;
@unavailable st_asgeojson(r record, geom_column text default '', maxdecimaldigits integer default 9,
  pretty_bool boolean default false) returns text stable strict parallel safe;
@unavailable "json"(geometry) returns json immutable strict parallel safe;
@unavailable "jsonb"(geometry) returns jsonb immutable strict parallel safe;
@unavailable st_asmvtgeom(geom geometry, bounds box2d, extent integer default 4096, buffer integer default 256,
  clip_geom boolean default true) returns geometry immutable parallel safe;
@unavailable postgis_libprotobuf_version() returns text immutable strict;
@unavailable st_fromflatgeobuftotable(text, text, bytea) returns void immutable strict parallel safe;
@unavailable st_fromflatgeobuf(anyelement, bytea) returns setof anyelement immutable parallel safe;
@unavailable st_geohash(geom geometry, maxchars integer default 0) returns text immutable strict parallel safe;
@unavailable _st_sortablehash(geom geometry) returns bigint immutable strict parallel safe;
@unavailable st_box2dfromgeohash(text, integer default NULL) returns box2d immutable parallel safe;
@unavailable st_pointfromgeohash(text, integer default NULL) returns geometry immutable parallel safe;
@unavailable st_geomfromgeohash(text, integer default NULL) returns geometry immutable parallel safe;
@unavailable st_numpoints(geometry) returns integer immutable strict parallel safe;
@unavailable st_numgeometries(geometry) returns integer immutable strict parallel safe;
@unavailable st_geometryn(geometry, integer) returns geometry immutable strict parallel safe;
@unavailable st_dimension(geometry) returns integer immutable strict parallel safe;
@unavailable st_exteriorring(geometry) returns geometry immutable strict parallel safe;
@unavailable st_numinteriorrings(geometry) returns integer immutable strict parallel safe;
@unavailable st_numinteriorring(geometry) returns integer immutable strict parallel safe;
@unavailable st_interiorringn(geometry, integer) returns geometry immutable strict parallel safe;
@unavailable st_geometrytype(geometry) returns text immutable strict parallel safe;
@unavailable st_pointn(geometry, integer) returns geometry immutable strict parallel safe;
@unavailable st_numpatches(geometry) returns integer immutable strict parallel safe;
@unavailable st_patchn(geometry, integer) returns geometry immutable strict parallel safe;
@unavailable st_startpoint(geometry) returns geometry immutable strict parallel safe;
@unavailable st_endpoint(geometry) returns geometry immutable strict parallel safe;
@unavailable st_isclosed(geometry) returns boolean immutable strict parallel safe;
@unavailable st_isempty(geometry) returns boolean immutable strict parallel safe;
@unavailable st_asbinary(geometry, text) returns bytea immutable strict parallel safe;
@unavailable st_asbinary(geometry) returns bytea immutable strict parallel safe;
@unavailable st_astext(geometry, integer) returns text immutable strict parallel safe;
@unavailable st_geometryfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_geometryfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_wkttosql(text) returns geometry immutable strict parallel safe;
@unavailable st_pointfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_pointfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_linefromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_linefromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_polyfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_polyfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_polygonfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_polygonfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_mlinefromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_mlinefromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_multilinestringfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_multilinestringfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_mpointfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_mpointfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_multipointfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_mpolyfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_mpolyfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_multipolygonfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_multipolygonfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_geomcollfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_geomcollfromtext(text) returns geometry immutable strict parallel safe;
@unavailable st_geomfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_geomfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_pointfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_pointfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_linefromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_linefromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_linestringfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_linestringfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_polyfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_polyfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_polygonfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_polygonfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_mpointfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_mpointfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_multipointfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_multipointfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_multilinefromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_mlinefromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_mlinefromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_mpolyfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_mpolyfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_multipolyfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_multipolyfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable st_geomcollfromwkb(bytea, integer) returns geometry immutable strict parallel safe;
@unavailable st_geomcollfromwkb(bytea) returns geometry immutable strict parallel safe;
@unavailable _st_maxdistance(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_maxdistance(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_closestpoint(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_shortestline(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable _st_longestline(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_longestline(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_flipcoordinates(geometry) returns geometry immutable strict parallel safe;
@unavailable st_bdpolyfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable st_bdmpolyfromtext(text, integer) returns geometry immutable strict parallel safe;
@unavailable unlockrows(text) returns integer strict;
@unavailable lockrow(text, text, text, text, timestamp) returns integer strict;
@unavailable lockrow(text, text, text, text) returns integer strict;
@unavailable lockrow(text, text, text) returns integer strict;
@unavailable lockrow(text, text, text, timestamp) returns integer strict;
@unavailable addauth(text) returns boolean;
@unavailable checkauth(text, text, text) returns integer;
@unavailable checkauth(text, text) returns integer;
@unavailable checkauthtrigger() returns trigger;
@unavailable gettransactionid() returns xid;
@unavailable enablelongtransactions() returns text;
@unavailable longtransactionsenabled() returns boolean;
@unavailable disablelongtransactions() returns text;
@unavailable geography(bytea) returns geography immutable strict parallel safe;
@unavailable "bytea"(geography) returns bytea immutable strict parallel safe;
@unavailable st_astext(geography, integer) returns text immutable strict parallel safe;
@unavailable st_astext(text) returns text immutable strict parallel safe;
@unavailable st_geogfromwkb(bytea) returns geography immutable strict parallel safe;
@unavailable postgis_typmod_dims(integer) returns integer immutable strict parallel safe;
@unavailable postgis_typmod_srid(integer) returns integer immutable strict parallel safe;
@unavailable postgis_typmod_type(integer) returns text immutable strict parallel safe;
@unavailable geography_overlaps(geography, geography) returns boolean immutable strict parallel safe;
@unavailable overlaps_geog(gidx, geography) returns boolean immutable strict;
@unavailable overlaps_geog(gidx, gidx) returns boolean immutable strict;
@unavailable overlaps_geog(geography, gidx) returns boolean immutable strict;
@unavailable st_assvg(geog geography, rel integer default 0,
  maxdecimaldigits integer default 15) returns text immutable strict parallel safe;
@unavailable st_assvg(text) returns text immutable strict parallel safe;
@unavailable st_asgml(version integer, geog geography, maxdecimaldigits integer default 15, options integer default 0,
  nprefix text default 'gml', id text default '') returns text immutable strict parallel safe;
@unavailable st_asgml(geog geography, maxdecimaldigits integer default 15, options integer default 0,
  nprefix text default 'gml', id text default '') returns text immutable strict parallel safe;
@unavailable st_asgml(text) returns text immutable strict parallel safe;
@unavailable st_askml(geog geography, maxdecimaldigits integer default 15,
  nprefix text default '') returns text immutable strict parallel safe;
@unavailable st_askml(text) returns text immutable strict parallel safe;
@unavailable st_asgeojson(geog geography, maxdecimaldigits integer default 9,
  options integer default 0) returns text immutable strict parallel safe;
@unavailable st_asgeojson(text) returns text immutable strict parallel safe;
@unavailable st_distance(text, text) returns double precision immutable strict parallel safe;
@unavailable _st_expand(geography, double precision) returns geography immutable strict parallel safe;
@unavailable _st_distanceuncached(geography, geography, double precision, boolean) returns double precision immutable strict;
@unavailable _st_distanceuncached(geography, geography, boolean) returns double precision immutable strict;
@unavailable _st_distanceuncached(geography, geography) returns double precision immutable strict;
@unavailable _st_distancetree(geography, geography, double precision, boolean) returns double precision immutable strict;
@unavailable _st_distancetree(geography, geography) returns double precision immutable strict;
@unavailable _st_dwithinuncached(geography, geography, double precision, boolean) returns boolean immutable strict;
@unavailable _st_dwithinuncached(geography, geography, double precision) returns boolean immutable;
@unavailable st_area(geog geography, use_spheroid boolean default true) returns double precision immutable strict parallel safe;
@unavailable st_area(text) returns double precision immutable strict parallel safe;
@unavailable st_length(geog geography, use_spheroid boolean default true) returns double precision immutable strict parallel safe;
@unavailable st_length(text) returns double precision immutable strict parallel safe;
@unavailable st_project(geog geography, distance double precision,
  azimuth double precision) returns geography immutable parallel safe;
@unavailable st_azimuth(geog1 geography, geog2 geography) returns double precision immutable strict parallel safe;
@unavailable st_perimeter(geog geography,
  use_spheroid boolean default true) returns double precision immutable strict parallel safe;
@unavailable _st_pointoutside(geography) returns geography immutable strict;
@unavailable st_segmentize(geog geography, max_segment_length double precision) returns geography immutable strict parallel safe;
@unavailable _st_bestsrid(geography, geography) returns integer immutable strict parallel safe;
@unavailable _st_bestsrid(geography) returns integer immutable strict parallel safe;
@unavailable st_buffer(geography, double precision) returns geography immutable strict parallel safe;
@unavailable st_buffer(geography, double precision, integer) returns geography immutable strict parallel safe;
@unavailable st_buffer(geography, double precision, text) returns geography immutable strict parallel safe;
@unavailable st_buffer(text, double precision) returns geometry immutable strict parallel safe;
@unavailable st_buffer(text, double precision, integer) returns geometry immutable strict parallel safe;
@unavailable st_buffer(text, double precision, text) returns geometry immutable strict parallel safe;
@unavailable st_intersection(geography, geography) returns geography immutable strict parallel safe;
@unavailable st_intersection(text, text) returns geometry immutable strict parallel safe;
@unavailable st_asbinary(geography) returns bytea immutable strict parallel safe;
@unavailable st_asbinary(geography, text) returns bytea immutable parallel safe;
@unavailable st_asewkt(geography) returns text immutable strict parallel safe;
@unavailable st_asewkt(geography, integer) returns text immutable strict parallel safe;
@unavailable st_asewkt(text) returns text immutable strict parallel safe;
@unavailable geometrytype(geography) returns text immutable strict parallel safe;
@unavailable st_summary(geography) returns text immutable strict parallel safe;
@unavailable st_geohash(geog geography, maxchars integer default 0) returns text immutable strict parallel safe;
@unavailable st_srid(geog geography) returns integer immutable strict parallel safe;
@unavailable st_setsrid(geog geography, srid integer) returns geography immutable strict parallel safe;
@unavailable st_centroid(geography, use_spheroid boolean default true) returns geography immutable strict parallel safe;
@unavailable st_centroid(text) returns geometry immutable strict parallel safe;
@unavailable _st_covers(geog1 geography, geog2 geography) returns boolean immutable strict parallel safe;
@unavailable _st_dwithin(geog1 geography, geog2 geography, tolerance double precision,
  use_spheroid boolean default true) returns boolean immutable strict parallel safe;
@unavailable _st_coveredby(geog1 geography, geog2 geography) returns boolean immutable strict parallel safe;
@unavailable st_covers(geog1 geography, geog2 geography) returns boolean immutable strict parallel safe;
@unavailable st_coveredby(geog1 geography, geog2 geography) returns boolean immutable strict parallel safe;
@unavailable st_intersects(geog1 geography, geog2 geography) returns boolean immutable strict parallel safe;
@unavailable st_covers(text, text) returns boolean immutable parallel safe;
@unavailable st_coveredby(text, text) returns boolean immutable parallel safe;
@unavailable st_dwithin(text, text, double precision) returns boolean immutable parallel safe;
@unavailable st_intersects(text, text) returns boolean immutable parallel safe;
@unavailable st_distancesphere(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_distancesphere(geom1 geometry, geom2 geometry, radius double precision) returns double precision immutable strict;
@unavailable postgis_type_name(geomname varchar, coord_dimension integer,
  use_new_name boolean default true) returns varchar immutable strict parallel safe;
@unavailable postgis_constraint_srid(geomschema text, geomtable text, geomcolumn text) returns integer stable strict parallel safe;
@unavailable postgis_constraint_dims(geomschema text, geomtable text, geomcolumn text) returns integer stable strict parallel safe;
@unavailable postgis_constraint_type(geomschema text, geomtable text, geomcolumn text) returns varchar stable strict parallel safe;
@unavailable st_3ddistance(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_3dmaxdistance(geom1 geometry, geom2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_3dclosestpoint(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_3dshortestline(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_3dlongestline(geom1 geometry, geom2 geometry) returns geometry immutable strict parallel safe;
@unavailable st_coorddim(geometry geometry) returns smallint immutable strict parallel safe;
@unavailable st_curvetoline(geom geometry, tol double precision default 32, toltype integer default 0,
  flags integer default 0) returns geometry immutable strict parallel safe;
@unavailable st_hasarc(geometry geometry) returns boolean immutable strict parallel safe;
@unavailable st_linetocurve(geometry geometry) returns geometry immutable strict parallel safe;
@unavailable st_pointz(xcoordinate double precision, ycoordinate double precision, zcoordinate double precision,
  srid integer default 0) returns geometry immutable strict parallel safe;
@unavailable st_pointm(xcoordinate double precision, ycoordinate double precision, mcoordinate double precision,
  srid integer default 0) returns geometry immutable strict parallel safe;
@unavailable st_pointzm(xcoordinate double precision, ycoordinate double precision, zcoordinate double precision,
  mcoordinate double precision, srid integer default 0) returns geometry immutable strict parallel safe;
@unavailable st_polygon(geometry, integer) returns geometry immutable strict parallel safe;
@unavailable st_wkbtosql(wkb bytea) returns geometry immutable strict parallel safe;
@unavailable st_locatebetween(geometry geometry, frommeasure double precision, tomeasure double precision,
  leftrightoffset double precision default 0.0) returns geometry immutable strict parallel safe;
@unavailable st_locatealong(geometry geometry, measure double precision,
  leftrightoffset double precision default 0.0) returns geometry immutable strict parallel safe;
@unavailable st_locatebetweenelevations(geometry geometry, fromelevation double precision,
  toelevation double precision) returns geometry immutable strict parallel safe;
@unavailable st_interpolatepoint(line geometry, point geometry) returns double precision immutable strict parallel safe;
@unavailable st_hexagon(size double precision, cell_i integer, cell_j integer,
  origin geometry default 'POINT(0 0)') returns geometry immutable strict parallel safe;
@unavailable st_square(size double precision, cell_i integer, cell_j integer,
  origin geometry default 'POINT(0 0)') returns geometry immutable strict parallel safe;
@unavailable st_hexagongrid(size double precision, bounds geometry, out geom geometry, out i integer,
  out j integer) returns setof record immutable strict parallel safe;
@unavailable st_squaregrid(size double precision, bounds geometry, out geom geometry, out i integer,
  out j integer) returns setof record immutable strict parallel safe;
@unavailable contains_2d(box2df, geometry) returns boolean immutable strict parallel safe;
@unavailable is_contained_2d(box2df, geometry) returns boolean immutable strict parallel safe;
@unavailable overlaps_2d(box2df, geometry) returns boolean immutable strict parallel safe;
@unavailable overlaps_2d(box2df, box2df) returns boolean immutable strict parallel safe;
@unavailable contains_2d(box2df, box2df) returns boolean immutable strict parallel safe;
@unavailable is_contained_2d(box2df, box2df) returns boolean immutable strict parallel safe;
@unavailable contains_2d(geometry, box2df) returns boolean immutable strict parallel safe;
@unavailable is_contained_2d(geometry, box2df) returns boolean immutable strict parallel safe;
@unavailable overlaps_2d(geometry, box2df) returns boolean immutable strict parallel safe;
@unavailable overlaps_nd(gidx, geometry) returns boolean immutable strict parallel safe;
@unavailable overlaps_nd(gidx, gidx) returns boolean immutable strict parallel safe;
@unavailable overlaps_nd(geometry, gidx) returns boolean immutable strict parallel safe;
@unavailable st_simplifypolygonhull(geom geometry, vertex_fraction double precision,
  is_outer boolean default true) returns geometry immutable strict parallel safe;
@unavailable st_concavehull(param_geom geometry, param_pctconvex double precision,
  param_allow_holes boolean default false) returns geometry immutable strict parallel safe;
@unavailable _st_asx3d(integer, geometry, integer, integer, text) returns text immutable parallel safe;
@unavailable st_asx3d(geom geometry, maxdecimaldigits integer default 15,
  options integer default 0) returns text immutable parallel safe;
@unavailable st_angle(line1 geometry, line2 geometry) returns double precision immutable strict parallel safe;
@unavailable st_3dlineinterpolatepoint(geometry, double precision) returns geometry immutable strict parallel safe;
@unavailable geometry_overlaps_3d(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_contains_3d(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_contained_3d(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable geometry_same_3d(geom1 geometry, geom2 geometry) returns boolean immutable strict parallel safe;
@unavailable st_letters(letters text, font json default NULL) returns geometry immutable parallel safe;

-- Aggregates: NULL of no rows; a call with rows raises. PostGIS's window functions are among them: SQL declares none, and an
-- aggregate takes OVER too.
do $outer$
declare
  signature text;
  result text;
begin
  for result, signature in select * from (values
    ('box2d', 'st_extent(geometry)'),
    ('box3d', 'st_3dextent(geometry)'),
    ('geometry', 'st_memcollect(geometry)'),
    ('geometry', 'st_memunion(geometry)'),
    ('geometry', 'st_union(geometry)'),
    ('geometry', 'st_union(geometry, double precision)'),
    ('geometry', 'st_collect(geometry)'),
    ('geometry[]', 'st_clusterintersecting(geometry)'),
    ('geometry[]', 'st_clusterwithin(geometry, double precision)'),
    ('integer', 'st_clusterdbscan(geometry, double precision, integer)'),
    ('integer', 'st_clusterkmeans(geometry, integer)'),
    ('integer', 'st_clusterkmeans(geometry, integer, double precision)'),
    ('geometry', 'st_polygonize(geometry)'),
    ('geometry', 'st_makeline(geometry)'),
    ('bytea', 'st_asmvt(anyelement)'),
    ('bytea', 'st_asmvt(anyelement, text)'),
    ('bytea', 'st_asmvt(anyelement, text, integer)'),
    ('bytea', 'st_asmvt(anyelement, text, integer, text)'),
    ('bytea', 'st_asmvt(anyelement, text, integer, text, text)'),
    ('bytea', 'st_asgeobuf(anyelement)'),
    ('bytea', 'st_asgeobuf(anyelement, text)'),
    ('bytea', 'st_asflatgeobuf(anyelement)'),
    ('bytea', 'st_asflatgeobuf(anyelement, boolean)'),
    ('bytea', 'st_asflatgeobuf(anyelement, boolean, text)')
  ) as aggregates (result, signature) loop
    if to_regprocedure(format('@extschema@._not_available(%s, %s', result, substr(signature, strpos(signature, '(') + 1))) is null then
      execute format('create function @extschema@._not_available(%s, %s returns %s language plpgsql immutable as %L', result,
        substr(signature, strpos(signature, '(') + 1), result, $body$begin
          raise exception 'this aggregate is not available in the embedded database'
            using errcode = 'feature_not_supported', hint = 'it works on hosted Supabase and in the Docker stack';
        end$body$);
    end if;
    execute format('create aggregate @extschema@.%s (sfunc = @extschema@._not_available, stype = %s)', signature, result);
  end loop;
end
$outer$;

-- Operators, each as its function.
create operator @extschema@.&& (leftarg = geometry, rightarg = geometry, function = geometry_overlaps);
create operator @extschema@.~= (leftarg = geometry, rightarg = geometry, function = geometry_same);
create operator @extschema@.<#> (leftarg = geometry, rightarg = geometry, function = geometry_distance_box);
create operator @extschema@.@ (leftarg = geometry, rightarg = geometry, function = geometry_within);
create operator @extschema@.~ (leftarg = geometry, rightarg = geometry, function = geometry_contains);
create operator @extschema@.<< (leftarg = geometry, rightarg = geometry, function = geometry_left);
create operator @extschema@.&< (leftarg = geometry, rightarg = geometry, function = geometry_overleft);
create operator @extschema@.<<| (leftarg = geometry, rightarg = geometry, function = geometry_below);
create operator @extschema@.&<| (leftarg = geometry, rightarg = geometry, function = geometry_overbelow);
create operator @extschema@.&> (leftarg = geometry, rightarg = geometry, function = geometry_overright);
create operator @extschema@.>> (leftarg = geometry, rightarg = geometry, function = geometry_right);
create operator @extschema@.|&> (leftarg = geometry, rightarg = geometry, function = geometry_overabove);
create operator @extschema@.|>> (leftarg = geometry, rightarg = geometry, function = geometry_above);
create operator @extschema@.&&& (leftarg = geometry, rightarg = geometry, function = geometry_overlaps_nd);
create operator @extschema@.~~ (leftarg = geometry, rightarg = geometry, function = geometry_contains_nd);
create operator @extschema@.@@ (leftarg = geometry, rightarg = geometry, function = geometry_within_nd);
create operator @extschema@.~~= (leftarg = geometry, rightarg = geometry, function = geometry_same_nd);
create operator @extschema@.<<->> (leftarg = geometry, rightarg = geometry, function = geometry_distance_centroid_nd);
create operator @extschema@.|=| (leftarg = geometry, rightarg = geometry, function = geometry_distance_cpa);
create operator @extschema@.&& (leftarg = geography, rightarg = geography, function = geography_overlaps);
create operator @extschema@.<-> (leftarg = geography, rightarg = geography, function = geography_distance_knn);
create operator @extschema@.&& (leftarg = gidx, rightarg = geography, function = overlaps_geog);
create operator @extschema@.&& (leftarg = geography, rightarg = gidx, function = overlaps_geog);
create operator @extschema@.&& (leftarg = gidx, rightarg = gidx, function = overlaps_geog);
create operator @extschema@.~ (leftarg = box2df, rightarg = geometry, function = contains_2d);
create operator @extschema@.@ (leftarg = box2df, rightarg = geometry, function = is_contained_2d);
create operator @extschema@.&& (leftarg = box2df, rightarg = geometry, function = overlaps_2d);
create operator @extschema@.~ (leftarg = geometry, rightarg = box2df, function = contains_2d);
create operator @extschema@.@ (leftarg = geometry, rightarg = box2df, function = is_contained_2d);
create operator @extschema@.&& (leftarg = geometry, rightarg = box2df, function = overlaps_2d);
create operator @extschema@.&& (leftarg = box2df, rightarg = box2df, function = overlaps_2d);
create operator @extschema@.@ (leftarg = box2df, rightarg = box2df, function = is_contained_2d);
create operator @extschema@.~ (leftarg = box2df, rightarg = box2df, function = contains_2d);
create operator @extschema@.&&& (leftarg = gidx, rightarg = geometry, function = overlaps_nd);
create operator @extschema@.&&& (leftarg = geometry, rightarg = gidx, function = overlaps_nd);
create operator @extschema@.&&& (leftarg = gidx, rightarg = gidx, function = overlaps_nd);
create operator @extschema@.&/& (leftarg = geometry, rightarg = geometry, function = geometry_overlaps_3d);
create operator @extschema@.@>> (leftarg = geometry, rightarg = geometry, function = geometry_contains_3d);
create operator @extschema@.<<@ (leftarg = geometry, rightarg = geometry, function = geometry_contained_3d);
create operator @extschema@.~== (leftarg = geometry, rightarg = geometry, function = geometry_same_3d);

create cast (geometry as box2d) with function box2d(geometry) as implicit;
create cast (geometry as box3d) with function box3d(geometry) as implicit;
create cast (geometry as box) with function "box"(geometry) as assignment;
create cast (box3d as box2d) with function box2d(box3d) as implicit;
create cast (box2d as box3d) with function box3d(box2d) as implicit;
create cast (box2d as geometry) with function geometry(box2d) as implicit;
create cast (box3d as box) with function "box"(box3d) as implicit;
create cast (box3d as geometry) with function geometry(box3d) as implicit;
create cast (point as geometry) with function geometry(point);
create cast (geometry as point) with function "point"(geometry);
create cast (path as geometry) with function geometry(path);
create cast (geometry as path) with function "path"(geometry);
create cast (polygon as geometry) with function geometry(polygon);
create cast (geometry as polygon) with function "polygon"(geometry);
create cast (bytea as geometry) with function geometry(bytea) as implicit;
create cast (geometry as bytea) with function "bytea"(geometry) as implicit;
create cast (bytea as geography) with function geography(bytea) as implicit;
create cast (geography as bytea) with function "bytea"(geography) as implicit;
create cast (geometry as json) with function "json"(geometry);
create cast (geometry as jsonb) with function "jsonb"(geometry);

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
