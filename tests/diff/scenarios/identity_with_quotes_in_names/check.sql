SELECT nextval('public."it''s_o''id_seq"') = 5;
