"""The room of chapter 09."""
OFFERS = {"worth": "LESSONS LINEAR VARIANTS ablation"}
