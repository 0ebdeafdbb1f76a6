"""The room of chapter 11."""
OFFERS = {"borrowing": "borrow",
          "spots": "AHEAD EXAM REHEARSAL by_model error persistence regression rehearse season sunspots windows"}
