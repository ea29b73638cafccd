using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Shop.Local.Host.InProcess;

/// <summary>A function with everything about it that can be worked out before its first run.</summary>
internal sealed class LoadedFunction
{
    // Compiling takes longer than all else that a host does at its start, and thousands of tests start one each.
    private static readonly ConcurrentDictionary<MethodInfo, FunctionCall> Calls = new();
    private static readonly ConcurrentDictionary<Type, ObjectFactory> Factories = new();

    private readonly MethodInfo _method;
    private readonly ObjectFactory? _create;
    private readonly ParameterBinder[] _binders;
    private readonly FunctionCall _call;

    public LoadedFunction(FunctionDescription description, MethodInfo method, ParameterInfo triggerParameter, ParameterBinder[] binders)
    {
        Description = description;
        Definition = new FunctionMetadata(description, method, triggerParameter);
        _method = method;
        _binders = binders;
        _call = Calls.GetOrAdd(method, FunctionCalls.Compile);
        _create = method.IsStatic ? null : Factories.GetOrAdd(method.DeclaringType!, type => ActivatorUtilities.CreateFactory(type, []));
    }

    public FunctionDescription Description { get; }

    public string Name => Description.Name;

    public FunctionDefinition Definition { get; }

    /// <summary>Says what the constructor of the function's class asks for and nobody registered.</summary>
    public IEnumerable<string> MissingServices(Func<Type, bool> isRegistered)
    {
        var constructors = _method.IsStatic ? [] : _method.DeclaringType!.GetConstructors();
        return constructors.Length != 1
            ? []
            : constructors[0].GetParameters()
                .Where(parameter => !parameter.HasDefaultValue && !parameter.IsDefined(typeof(FromKeyedServicesAttribute)))
                .Where(parameter => !isRegistered(parameter.ParameterType))
                .Select(parameter => $"Function '{Name}': its class asks for {parameter.ParameterType}, which is not registered.");
    }

    /// <summary>Makes the function's class, binds its parameters and calls it, as the worker's innermost middleware does.</summary>
    public async Task RunAsync(Invocation invocation)
    {
        var instance = _create?.Invoke(invocation.InstanceServices, null);
        var arguments = _binders.Length == 0 ? [] : new object?[_binders.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var binding = _binders[i](invocation);
            arguments[i] = binding.IsCompletedSuccessfully ? binding.Result : await binding;
        }
        invocation.Result = await _call(instance, arguments);
    }

    private sealed class FunctionMetadata : FunctionDefinition
    {
        public FunctionMetadata(FunctionDescription function, MethodInfo method, ParameterInfo trigger)
        {
            Name = function.Name;
            PathToAssembly = method.DeclaringType!.Assembly.Location;
            EntryPoint = $"{method.DeclaringType.FullName}.{method.Name}";
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{EntryPoint}|{Name}")).AsSpan(0, 8));
            Parameters = [.. method.GetParameters().Select(Parameter)];
            var none = ImmutableDictionary<string, BindingMetadata>.Empty;
            var type = $"{function.Trigger.ToString().ToLowerInvariant()}Trigger";
            InputBindings = none.Add(trigger.Name!, new Binding(trigger.Name!, type, BindingDirection.In));
            OutputBindings = function.Trigger == TriggerKind.Http
                ? none.Add("$return", new Binding("$return", "http", BindingDirection.Out))
                : none;
        }

        public override ImmutableArray<FunctionParameter> Parameters { get; }

        public override string PathToAssembly { get; }

        public override string EntryPoint { get; }

        public override string Id { get; }

        public override string Name { get; }

        public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

        public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }

        private static FunctionParameter Parameter(ParameterInfo parameter) => parameter.HasDefaultValue
            ? new(parameter.Name!, parameter.ParameterType, hasDefaultValue: true, parameter.DefaultValue)
            : new(parameter.Name!, parameter.ParameterType);
    }

    private sealed class Binding(string name, string type, BindingDirection direction) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => type;

        public override BindingDirection Direction => direction;
    }
}
