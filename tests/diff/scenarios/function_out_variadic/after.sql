create function public.f(variadic xs integer[], out total bigint) language sql as $$ select sum(x) from unnest(xs) x $$;
