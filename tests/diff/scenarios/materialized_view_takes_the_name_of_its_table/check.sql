select label = 'a' from x.item_base
