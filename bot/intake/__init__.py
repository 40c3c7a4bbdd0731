"""Updates in: kept before they are acknowledged, processed in the order of their chat."""
