/** What a text that is written once may stand in for: filled in with each customer's own facts. */
export const VARIABLES =
  'greeting,customer.first_name,customer.name,order.number,received,today,date "3 open_days",hours,closing,shop.phone,shop.address,author.first_name'.split(
    ",",
  );
