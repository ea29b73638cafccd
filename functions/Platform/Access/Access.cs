using System.Reflection;

namespace Shop.Functions.Platform.Access;

/// <summary>Who may call a function: exactly one of the markers, or nobody.</summary>
public abstract record Access
{
    private Access() { }

    public sealed record Anonymous : Access;

    public sealed record SignedIn : Access;

    public sealed record Role(string Name) : Access;

    /// <summary>No marker, or more than one: the function does not answer.</summary>
    public sealed record Nobody : Access;

    public static Access Of(MethodInfo method)
    {
        Access[] stated =
        [
            .. method.GetCustomAttributes<AnonymousAttribute>().Select(_ => new Anonymous()),
            .. method.GetCustomAttributes<SignedInAttribute>().Select(_ => new SignedIn()),
            .. method.GetCustomAttributes<RequireRoleAttribute>().Select(marker => new Role(marker.Role)),
        ];
        return stated is [var one] ? one : new Nobody();
    }
}
