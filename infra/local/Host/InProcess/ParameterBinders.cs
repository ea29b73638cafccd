using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Storage.Queues.Models;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Shop.Local.Host.InProcess;

/// <summary>Gives the value of one parameter for one run.</summary>
internal delegate ValueTask<object?> ParameterBinder(Invocation invocation);

/// <summary>
/// Chooses, once per parameter, how it is bound. It accepts what the worker binds with its ASP.NET Core integration and
/// refuses everything else, because the worker would leave such a parameter null without a word.
/// </summary>
internal static class ParameterBinders
{
    private static readonly JsonSerializerOptions ReflectionOnly = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    /// <returns>The binder, or null with the reason why there is none.</returns>
    public static ParameterBinder? For(
        ParameterInfo parameter, FunctionDescription function, bool isTrigger, ISet<string> routeParameters, out string reason)
    {
        reason = "";
        if (parameter.ParameterType.IsByRef)
        {
            reason = "it is passed by reference";
            return null;
        }
        if (parameter.GetCustomAttribute<FromBodyAttribute>() is not null && function.Trigger == TriggerKind.Http)
            return RequestBody.Binder(parameter.ParameterType);
        if (isTrigger)
            return ForTrigger(parameter.ParameterType, function.Trigger, out reason);
        if (ForContext(parameter.ParameterType, function.Trigger) is { } binder)
            return binder;
        if (function.Trigger != TriggerKind.Http)
        {
            reason = "only the trigger, FunctionContext and CancellationToken can be bound here";
            return null;
        }
        if (!routeParameters.Contains(parameter.Name!))
        {
            reason = parameter.ParameterType == typeof(HttpContext)
                ? "HttpContext is not bindable: take HttpRequest and use its HttpContext"
                : $"the route has no {{{parameter.Name}}}; the query and headers are read from HttpRequest, "
                    + "services come from the constructor, and a body needs [FromBody]";
            return null;
        }
        return ForRouteValue(parameter, out reason);
    }

    private static ParameterBinder? ForContext(Type type, TriggerKind trigger)
    {
        if (type == typeof(FunctionContext))
            return invocation => new(invocation);
        if (type == typeof(CancellationToken))
            return invocation => new(invocation.CancellationToken);
        if (type == typeof(HttpRequest) && trigger == TriggerKind.Http)
            return invocation => new(invocation.Http!.Request);
        return null;
    }

    private static ParameterBinder? ForTrigger(Type type, TriggerKind trigger, out string reason)
    {
        reason = "";
        switch (trigger)
        {
            case TriggerKind.Http when type == typeof(HttpRequest):
                return ForContext(type, trigger);
            case TriggerKind.Http:
                reason = "an [HttpTrigger] parameter is an HttpRequest, or carries [FromBody] as well";
                return null;
            case TriggerKind.Timer when type == typeof(TimerInfo):
                return invocation => new(((TimerInput)invocation.Input!).Timer);
            case TriggerKind.Timer:
                reason = "a [TimerTrigger] parameter is a TimerInfo";
                return null;
            default:
                return ForMessage(type, out reason);
        }
    }

    private static ParameterBinder? ForMessage(Type type, out string reason)
    {
        reason = "";
        if (type == typeof(string))
            return invocation => new(Message(invocation).Body.ToString());
        if (type == typeof(byte[]))
            return invocation => new(Message(invocation).Body.ToArray());
        if (type == typeof(BinaryData))
            return invocation => new(Message(invocation).Body);
        if (type == typeof(QueueMessage))
            return invocation => new(Message(invocation));
        if (!IsJsonShaped(type))
        {
            reason = "a [QueueTrigger] parameter is a string, byte[], BinaryData, QueueMessage or a class that JSON can fill";
            return null;
        }
        return invocation => new(Read(invocation, type));

        static QueueMessage Message(Invocation invocation) => ((QueueInput)invocation.Input!).Message;

        static object? Read(Invocation invocation, Type type)
        {
            var serializer = invocation.InstanceServices.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!;
            using var body = Message(invocation).Body.ToStream();
            return serializer.Deserialize(body, type, invocation.CancellationToken);
        }
    }

    private static bool IsJsonShaped(Type type)
    {
        try
        {
            var shape = ReflectionOnly.GetTypeInfo(type);
            return shape.Kind != JsonTypeInfoKind.Object || shape.PolymorphismOptions is not null || !(type.IsAbstract || type.IsInterface);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static ParameterBinder? ForRouteValue(ParameterInfo parameter, out string reason)
    {
        var name = parameter.Name!;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var mayBeNull = !parameter.ParameterType.IsValueType || type != parameter.ParameterType;
        var otherwise = parameter.HasDefaultValue ? parameter.DefaultValue : null;
        var read = RouteValueReader(type);
        reason = read is null ? "a route value can be a string, Guid, int, long, bool, DateTime or DateTimeOffset" : "";
        return read is null ? null : invocation =>
        {
            // An optional segment that is left out has no route value.
            if (invocation.Http!.Request.RouteValues[name] is not string text)
            {
                return otherwise is not null || mayBeNull
                    ? new(otherwise)
                    : throw new InvalidOperationException($"The route gave no value for the parameter '{name}'.");
            }
            return new(read(text) ?? throw new InvalidOperationException($"The route value for '{name}' is not a {type.Name}."));
        };
    }

    private static Func<string, object?>? RouteValueReader(Type type)
    {
        if (type == typeof(string))
            return text => text;
        if (type == typeof(Guid))
            return text => Guid.TryParse(text, out var value) ? value : null;
        if (type == typeof(int))
            return text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        if (type == typeof(long))
            return text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        if (type == typeof(bool))
            return text => bool.TryParse(text, out var value) ? value : null;
        if (type == typeof(DateTime))
            return text => DateTime.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
        if (type == typeof(DateTimeOffset))
            return text => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
        return null;
    }
}
