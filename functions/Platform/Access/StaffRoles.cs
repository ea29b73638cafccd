namespace Shop.Functions.Platform.Access;

/// <summary>The app roles that staff hold; Entra puts them into the token's <c>roles</c>.</summary>
public static class StaffRoles
{
    /// <summary>Sends parcels.</summary>
    public const string Fulfilment = "Shop.Fulfilment";

    /// <summary>Decides about money.</summary>
    public const string Finance = "Shop.Finance";

    /// <summary>Answers for personal data.</summary>
    public const string Privacy = "Shop.Privacy";

    /// <summary>Runs the service.</summary>
    public const string Operator = "Shop.Operator";

    /// <returns>What a record calls the role, for instance <c>finance</c>.</returns>
    public static string NameOf(string role) => role[(role.IndexOf('.', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
}
