namespace Shop.Functions.Platform;

/// <summary>
/// A setting that refers to the vault. While Azure cannot resolve it, because nobody has written the secret yet or the role
/// is missing, the app is handed the reference itself. It is then no secret at all, and must never be taken for one.
/// </summary>
public static class VaultReference
{
    public static bool IsUnresolved(string setting) => setting.TrimStart().StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase);
}
