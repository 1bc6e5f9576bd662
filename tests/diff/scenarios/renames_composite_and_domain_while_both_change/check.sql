select (home).zip = 'z' and e_mail = 'x@y' and (all_homes[1]).street = 's2' from crm.persons
