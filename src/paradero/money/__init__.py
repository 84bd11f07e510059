"""Money: agreements, prices, and the costs that follow from them under stated assumptions."""
