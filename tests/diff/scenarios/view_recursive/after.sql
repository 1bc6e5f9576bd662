create table public.node (id integer primary key, parent_id integer);
create view public.tree as with recursive r as (select id, parent_id, 0 as depth from public.node where parent_id is null union all select n.id, n.parent_id, r.depth + 1 from public.node n join r on n.parent_id = r.id) select * from r;
