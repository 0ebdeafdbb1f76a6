"""The room of chapter 08."""
OFFERS = {"diagram": "cell_diagram single_gate", "worth": "LESSONS LINEAR VARIANTS ablation"}
