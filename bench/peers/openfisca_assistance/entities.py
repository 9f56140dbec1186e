"""The one entity: a person."""
from openfisca_core.entities import build_entity

Person = build_entity(key="person", plural="persons", label="Person", is_person=True)
entities = [Person]
