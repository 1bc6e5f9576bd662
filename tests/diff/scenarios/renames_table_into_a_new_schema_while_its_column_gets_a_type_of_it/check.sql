select state = 'new' and amount = 5 from shop.purchases
