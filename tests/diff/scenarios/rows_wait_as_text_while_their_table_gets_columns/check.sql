SELECT ("Old").id = 5 AND ("Old").c IS NULL FROM public."H x";
SELECT (o).n = 'y' AND (o).d IS NULL FROM public.p;
