"""What a team does to its workbook in LibreOffice, played by its scripting bridge.

Run by scripts/make-workbook-fixtures.ts as: python3 workbook-fixtures.py <from.xlsx> <to.xlsx>
while `soffice --headless --accept="pipe,name=jalon;urp;"` is up.
"""

import sys
import time

import uno
from com.sun.star.awt import Rectangle
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.ConditionOperator import GREATER
from com.sun.star.sheet.DataPilotFieldOrientation import DATA, ROW
from com.sun.star.sheet.GeneralFunction import SUM
from com.sun.star.sheet.ValidationType import LIST
from com.sun.star.table import CellAddress, CellRangeAddress, TableSortField


def prop(name, value):
    one = PropertyValue()
    one.Name, one.Value = name, value
    return one


def connect():
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve("uno:pipe,name=jalon;urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    raise SystemExit("LibreOffice does not answer")


def column_of(sheet, field):
    """The column that row 1 calls so."""
    for column in range(60):
        if sheet.getCellByPosition(column, 0).String == field:
            return column
    raise SystemExit(f"no column {field}")


def edit_plan(plan):
    plan.Columns.insertByIndex(column_of(plan, "priority"), 1)
    budget = column_of(plan, "priority") - 1
    plan.getCellByPosition(budget, 1).String = "Budget"
    for row, amount in enumerate((250, 1200, 90), start=2):
        plan.getCellByPosition(budget, row).Value = amount
    cells = plan.getCellRangeByPosition(budget, 2, budget, 60)

    rules = cells.ConditionalFormat
    rules.addNew((prop("Operator", GREATER), prop("Formula1", "1000"), prop("StyleName", "Accent 3")))
    cells.ConditionalFormat = rules
    choice = cells.Validation
    choice.Type = LIST
    choice.setFormula1('"90";"250";"1200"')
    cells.Validation = choice

    last = column_of(plan, "share")
    data = plan.getCellRangeByPosition(0, 2, last, 4)
    by_due = TableSortField()
    by_due.Field, by_due.IsAscending = column_of(plan, "due"), False
    data.sort((prop("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (by_due,))),))

    plan.Columns.getByIndex(column_of(plan, "with")).IsVisible = False
    plan.getCellByPosition(column_of(plan, "title"), 1).String = "Action"
    plan.getCellByPosition(column_of(plan, "title"), 2).CellBackColor = 0xFFF2CC
    plan.Annotations.insertNew(CellAddress(plan.RangeAddress.Sheet, column_of(plan, "due"), 2), "Voir avec la banque")

    own = 5
    plan.getCellByPosition(column_of(plan, "title"), own).String = "Prévenir nos fournisseurs"
    plan.getCellByPosition(column_of(plan, "step"), own).String = "choisir la plateforme"
    plan.getCellByPosition(column_of(plan, "due"), own).setFormula("=DATE(2027;3;15)")
    plan.getCellByPosition(budget, own).Value = 40
    plan.Name = "Notre plan"
    return budget


def add_own_sheet(document, plan, budget):
    sheets = document.Sheets
    sheets.insertNewByName("Mes calculs", sheets.Count)
    own = sheets.getByName("Mes calculs")
    for row, (name, value) in enumerate((("Poste", "Montant"), ("Logiciel", 600), ("Formation", 350), ("Conseil", 900))):
        own.getCellByPosition(0, row).String = name
        cell = own.getCellByPosition(1, row)
        if isinstance(value, str):
            cell.String = value
        else:
            cell.Value = value
    letter = chr(ord("A") + budget)
    own.getCellByPosition(0, 5).String = "Budget du plan"
    own.getCellByPosition(1, 5).setFormula(f"=SUM($'Notre plan'.{letter}3:{letter}60)")

    where = own.RangeAddress.Sheet
    source = CellRangeAddress(where, 0, 0, 1, 3)
    own.Charts.addNewByName("Budget", Rectangle(9000, 500, 9000, 6000), (source,), True, True)

    tables = own.DataPilotTables
    table = tables.createDataPilotDescriptor()
    table.setSourceRange(source)
    fields = table.DataPilotFields
    fields.getByIndex(0).Orientation = ROW
    fields.getByIndex(1).Orientation = DATA
    fields.getByIndex(1).Function = SUM
    tables.insertNewByName("Croisement", CellAddress(where, 0, 8), table)

    base = CellAddress(where, 0, 0)
    document.NamedRanges.addNewByName("BudgetTotal", "$'Mes calculs'.$B$6", base, 0)


def main(source, target):
    desktop_of = connect()
    desktop = desktop_of.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", desktop_of)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (prop("Hidden", True),))
    plan = document.Sheets.getByName("Plan")
    budget = edit_plan(plan)
    add_own_sheet(document, plan, budget)

    checks = document.Sheets.getByName("Points à vérifier")
    checks.getCellByPosition(column_of(checks, "done"), 3).String = "x"
    register = document.Sheets.getByName("Outils et flux")
    for field, text in (("nom", "Tableur des devis"), ("etat", "a voir"), ("depuis", "12/01/2025")):
        register.getCellByPosition(column_of(register, field), 3).String = text

    document.storeToURL(uno.systemPathToFileUrl(target), (prop("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass


main(*sys.argv[1:3])
