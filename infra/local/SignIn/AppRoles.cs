namespace Shop.Local.SignIn;

/// <summary>The app roles that staff can have; customers have none.</summary>
public static class AppRoles
{
    public static IReadOnlyList<string> All { get; } = ["Shop.Fulfilment", "Shop.Finance", "Shop.Privacy", "Shop.Operator"];
}
