-- +1 view

CREATE VIEW public.tree AS
WITH RECURSIVE r AS (
         SELECT node.id,
            node.parent_id,
            0 AS depth
           FROM public.node
          WHERE node.parent_id IS NULL
        UNION ALL
         SELECT n.id,
            n.parent_id,
            r_1.depth + 1
           FROM public.node n
             JOIN r r_1 ON n.parent_id = r_1.id
        )
 SELECT id,
    parent_id,
    depth
   FROM r;
