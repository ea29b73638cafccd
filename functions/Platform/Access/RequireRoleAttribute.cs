namespace Shop.Functions.Platform.Access;

/// <summary>Only staff with this app role may call this HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequireRoleAttribute(string role) : Attribute
{
    public string Role { get; } = role;
}
