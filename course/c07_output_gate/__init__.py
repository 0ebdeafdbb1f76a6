"""The room of chapter 07."""
OFFERS = {"pictures": "trade_off"}
