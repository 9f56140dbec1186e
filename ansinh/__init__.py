"""An Sinh: the working system of a provincial department of labour, people with merit and social affairs."""
