using System.Linq.Expressions;
using System.Reflection;

namespace Shop.Local.Host.InProcess;

/// <summary>Calls a function's method; gives its result, or null when it has none.</summary>
internal delegate ValueTask<object?> FunctionCall(object? instance, object?[] arguments);

/// <summary>Compiles calls once, so that no run of a function pays for reflection.</summary>
internal static class FunctionCalls
{
    public static FunctionCall Compile(MethodInfo method)
    {
        var instance = Expression.Parameter(typeof(object), "instance");
        var arguments = Expression.Parameter(typeof(object?[]), "arguments");
        var values = method.GetParameters().Select((parameter, i) =>
            Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), parameter.ParameterType));
        var call = Expression.Call(method.IsStatic ? null : Expression.Convert(instance, method.DeclaringType!), method, values);
        return Expression.Lambda<FunctionCall>(AsObject(call), instance, arguments).Compile();
    }

    private static Expression AsObject(Expression call)
    {
        var type = call.Type;
        if (type == typeof(void))
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        if (type == typeof(Task))
            return Via(nameof(OfTask), call);
        if (type == typeof(ValueTask))
            return Via(nameof(OfValueTask), call);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
            return Via(nameof(OfTaskWithResult), call, type.GetGenericArguments());
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            return Via(nameof(OfValueTaskWithResult), call, type.GetGenericArguments());
        return Expression.New(typeof(ValueTask<object?>).GetConstructor([typeof(object)])!, Expression.Convert(call, typeof(object)));
    }

    private static MethodCallExpression Via(string name, Expression call, params Type[] result)
    {
        var method = typeof(FunctionCalls).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
        return Expression.Call(result.Length == 0 ? method : method.MakeGenericMethod(result), call);
    }

    private static async ValueTask<object?> OfTask(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> OfValueTask(ValueTask task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> OfTaskWithResult<T>(Task<T> task) => await task;

    private static async ValueTask<object?> OfValueTaskWithResult<T>(ValueTask<T> task) => await task;
}
