"""The room of chapter 13."""
OFFERS = {"papers": "TABLES as_batch embedded_word rerun"}
