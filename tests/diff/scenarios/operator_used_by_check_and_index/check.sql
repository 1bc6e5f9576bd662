select count(*) = 1 from public.parcel;
