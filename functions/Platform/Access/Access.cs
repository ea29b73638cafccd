using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Shop.Functions.Platform.Access;

/// <summary>Anyone may call this HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnonymousAttribute : Attribute;

/// <summary>Whoever is signed in may call this HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SignedInAttribute : Attribute;

/// <summary>Only staff with this app role may call this HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequireRoleAttribute(string role) : Attribute
{
    public string Role { get; } = role;
}

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

/// <summary>The access rule of every function of this app, by function name; a function that is not in it is denied.</summary>
public sealed class AccessRules
{
    private static readonly Access Nobody = new Access.Nobody();

    private readonly FrozenDictionary<string, Access> _rules = AllFunctions().ToFrozenDictionary(pair => pair.Name, pair => Access.Of(pair.Method));

    public Access this[string functionName] => _rules.GetValueOrDefault(functionName, Nobody);

    public static IEnumerable<(string Name, MethodInfo Method)> AllFunctions() =>
        from type in typeof(AccessRules).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select (function.Name, method);
}
