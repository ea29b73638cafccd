using System.Collections;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Shop.Local.Host.InProcess;

/// <summary>
/// The context of one run of a function. Parts that most functions never look at are made when they are asked for.
/// </summary>
internal sealed class Invocation(
    LoadedFunction function, FunctionRun run, IServiceProvider services, HttpContext? http, TriggerInput? input, CancellationToken cancellation)
    : FunctionContext
{
    /// <summary>The key under which the worker's <c>GetHttpContext()</c> looks.</summary>
    private const string HttpContextKey = "HttpRequestContext";

    private TraceContext? _trace;
    private BindingContext? _bindings;
    private IInvocationFeatures? _features;
    private IDictionary<object, object>? _items;

    public LoadedFunction Function => function;

    public HttpContext? Http => http;

    /// <summary>What triggered it, unless that was an HTTP request.</summary>
    public TriggerInput? Input => input;

    /// <summary>What the function returned.</summary>
    public object? Result { get; set; }

    public override string InvocationId => run.Id;

    public override string FunctionId => function.Definition.Id;

    public override TraceContext TraceContext => _trace ??= new Trace(run);

    public override BindingContext BindingContext => _bindings ??= new Bindings(BindingData());

    public override RetryContext RetryContext => NoRetry.Instance;

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function.Definition;

    public override IDictionary<object, object> Items
    {
        get => _items ??= http is null ? [] : new Dictionary<object, object> { [HttpContextKey] = http };
        set => _items = value;
    }

    public override IInvocationFeatures Features => _features ??= new FeatureTable();

    public override CancellationToken CancellationToken => http?.RequestAborted ?? cancellation;

    private IReadOnlyDictionary<string, object?> BindingData() =>
        http is null
            ? input?.Metadata ?? TriggerInput.NoMetadata
            : new Dictionary<string, object?>(http.Request.RouteValues, StringComparer.OrdinalIgnoreCase);

    private sealed class Trace(FunctionRun run) : TraceContext
    {
        public override string TraceParent => run.TraceParent;

        public override string TraceState => run.TraceState;
    }

    private sealed class Bindings(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    /// <summary>Queue and HTTP triggers have no retry policies; a redelivery shows in the message's dequeue count instead.</summary>
    private sealed class NoRetry : RetryContext
    {
        public static readonly NoRetry Instance = new();

        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }

    private sealed class FeatureTable : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> _features = [];

        public void Set<T>(T instance)
        {
            if (instance is null)
                _features.Remove(typeof(T));
            else
                CollectionsMarshal.GetValueRefOrAddDefault(_features, typeof(T), out _) = instance;
        }

        public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
