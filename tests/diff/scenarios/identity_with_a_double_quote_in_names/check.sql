SELECT nextval('public."a""b_c""d_seq"') = 5;
