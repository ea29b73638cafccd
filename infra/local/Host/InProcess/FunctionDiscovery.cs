using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;

namespace Shop.Local.Host.InProcess;

/// <summary>Finds the functions of an assembly and checks, before anything runs, that this host can run all of them.</summary>
internal sealed partial class FunctionDiscovery(InProcessApp app, IConfiguration settings, HostJson hostJson)
{
    private readonly List<string> _problems = [];

    /// <exception cref="InvalidOperationException">Some function cannot be run; the message names each one and says why.</exception>
    public IReadOnlyList<LoadedFunction> Load()
    {
        var functions = new List<LoadedFunction>();
        foreach (var (method, attribute) in Methods())
        {
            try
            {
                if (Load(method, attribute.Name) is { } function)
                    functions.Add(function);
            }
            catch (ArgumentException error)
            {
                _problems.Add($"Function '{attribute.Name}': {error.Message}");
            }
        }
        foreach (var same in functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            _problems.Add($"Function '{same.Key}': {same.Count()} methods have this name.");
        FindClashingRoutes(functions);
        if (_problems.Count > 0)
            throw new InvalidOperationException(string.Join(Environment.NewLine, ["The functions cannot be run:", .. _problems]));
        return functions;
    }

    private IEnumerable<(MethodInfo Method, FunctionAttribute Attribute)> Methods() =>
        from type in app.Functions.GetTypes()
        where app.FunctionClasses?.Invoke(type) ?? true
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let attribute = method.GetCustomAttribute<FunctionAttribute>()
        where attribute is not null
        orderby attribute.Name
        select (method, attribute);

    private LoadedFunction? Load(MethodInfo method, string name)
    {
        if (!FunctionName().IsMatch(name))
            throw new ArgumentException("a name starts with a letter and has at most 128 letters, digits, '_' and '-'.");
        if (method.ContainsGenericParameters || (method.DeclaringType!.IsAbstract && !method.IsStatic))
            throw new ArgumentException("neither the method may be generic nor its class abstract.");
        if (method.ReturnType == typeof(void) && method.GetCustomAttribute<AsyncStateMachineAttribute>() is not null)
            throw new ArgumentException("an async void method ends before its work does: return Task.");
        RefuseOtherBindings(method);

        var triggers = method.GetParameters()
            .SelectMany(p => p.GetCustomAttributes<TriggerBindingAttribute>().Select(t => (Parameter: p, Trigger: t)))
            .ToList();
        if (triggers.Count != 1)
            throw new ArgumentException($"it has {triggers.Count} triggers, but needs exactly one.");
        var (parameter, trigger) = triggers[0];
        var description = Describe(name, trigger);
        var binders = Bind(description, method, parameter);
        return binders is null ? null : new LoadedFunction(description, method, parameter, binders);
    }

    private FunctionDescription Describe(string name, Attribute trigger) => trigger switch
    {
        HttpTriggerAttribute http => settings.Http(name, http.Route, http.Methods),
        QueueTriggerAttribute queue => settings.Queue(name, queue.QueueName, queue.Connection),
        TimerTriggerAttribute timer => settings.Timer(name, timer.Schedule, timer.UseMonitor, timer.RunOnStartup),
        _ => throw new ArgumentException($"this host does not run [{trigger.GetType().Name}]."),
    };

    private ParameterBinder[]? Bind(FunctionDescription function, MethodInfo method, ParameterInfo trigger)
    {
        ISet<string> routeParameters = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (function.Trigger == TriggerKind.Http)
            routeParameters.UnionWith(HttpFunctions.Pattern(function, hostJson).Parameters.Select(p => p.Name));

        var binders = new List<ParameterBinder>();
        var parameters = method.GetParameters();
        foreach (var parameter in parameters)
        {
            if (ParameterBinders.For(parameter, function, parameter == trigger, routeParameters, out var reason) is { } binder)
            {
                binders.Add(binder);
                continue;
            }
            _problems.Add($"Function '{function.Name}': its parameter '{parameter.Name}' of type {parameter.ParameterType.Name} "
                + $"cannot be bound: {reason}.");
        }
        return binders.Count == parameters.Length ? [.. binders] : null;
    }

    private static void RefuseOtherBindings(MethodInfo method)
    {
        var returned = method.ReturnType;
        var outer = returned.IsGenericType ? returned.GetGenericTypeDefinition() : null;
        var result = outer == typeof(Task<>) || outer == typeof(ValueTask<>) ? returned.GetGenericArguments()[0] : returned;
        var output = typeof(OutputBindingAttribute);
        if (method.IsDefined(output) || result.GetProperties().Any(property => property.IsDefined(output)))
            throw new ArgumentException("this host runs no output bindings: send with an awaited client call instead.");
        if (method.GetParameters().Any(p => p.IsDefined(typeof(InputBindingAttribute))))
            throw new ArgumentException("this host runs no input bindings: read with a client instead.");
        if (method.IsDefined(typeof(RetryAttribute)))
            throw new ArgumentException("this host has no retry policies, and on a queue trigger they do nothing in Azure either.");
    }

    private void FindClashingRoutes(List<LoadedFunction> functions)
    {
        var routes = functions.Where(f => f.Description.Trigger == TriggerKind.Http).ToList();
        foreach (var (i, one) in routes.Index())
        {
            foreach (var other in routes.Skip(i + 1))
            {
                var (a, b) = (one.Description, other.Description);
                if (SameRoute(a, b) && (a.Methods.Count == 0 || b.Methods.Count == 0 || a.Methods.Intersect(b.Methods).Any()))
                    _problems.Add($"Functions '{a.Name}' and '{b.Name}' answer the same method on the same route '{a.Route}'.");
            }
        }
    }

    private bool SameRoute(FunctionDescription a, FunctionDescription b) =>
        HttpFunctions.Pattern(a, hostJson).RawText!.Equals(HttpFunctions.Pattern(b, hostJson).RawText, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_-]{0,127}$")]
    private static partial Regex FunctionName();
}
