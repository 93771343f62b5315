"""What took place: visits, promises, burden and audit."""
