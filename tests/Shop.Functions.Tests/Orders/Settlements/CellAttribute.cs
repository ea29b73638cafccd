using Shop.Functions.Orders.Settlements;

namespace Shop.Functions.Tests.Orders.Settlements;

/// <summary>The test shows this row of the decision table.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CellAttribute(MoneyCase row) : Attribute
{
    public MoneyCase Row { get; } = row;
}
