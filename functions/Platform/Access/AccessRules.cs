using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Shop.Functions.Platform.Access;

/// <summary>The access rule of every function of this app, by function name; a function that is not in it is denied.</summary>
public sealed class AccessRules
{
    private static readonly Access Nobody = new Access.Nobody();

    private static readonly Lazy<ImmutableArray<(string Name, MethodInfo Method)>> Functions = new(() =>
    [
        .. from type in typeof(AccessRules).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select (function.Name, method),
    ]);

    private readonly FrozenDictionary<string, Access> _rules = AllFunctions().ToFrozenDictionary(pair => pair.Name, pair => Access.Of(pair.Method));

    public Access this[string functionName] => _rules.GetValueOrDefault(functionName, Nobody);

    public static IEnumerable<(string Name, MethodInfo Method)> AllFunctions() => Functions.Value;
}
