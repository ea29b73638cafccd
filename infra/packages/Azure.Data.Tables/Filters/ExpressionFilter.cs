using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.Serialization;

namespace Azure.Data.Tables.Filters;

/// <summary>Turns a lambda over an entity into a filter; what does not depend on the entity is evaluated first.</summary>
internal static class ExpressionFilter
{
    /// <returns>Null where the lambda is always true.</returns>
    /// <exception cref="NotSupportedException">The lambda asks for what the service's filters cannot say.</exception>
    public static string From(LambdaExpression lambda)
    {
        ArgumentNullException.ThrowIfNull(lambda);
        var filter = Condition(lambda.Body);
        return filter == "true" ? null : filter;
    }

    private static string Condition(Expression expression)
    {
        if (!Reads(expression)) return ODataLiteral.Of(Evaluate(expression));
        return expression switch
        {
            BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.And } both => Join(both, "and"),
            BinaryExpression { NodeType: ExpressionType.OrElse or ExpressionType.Or } either => Join(either, "or"),
            BinaryExpression comparison => Comparison(comparison.Left, Operator(comparison.NodeType), comparison.Right),
            UnaryExpression { NodeType: ExpressionType.Not } not => $"not ({Condition(not.Operand)})",
            UnaryExpression { NodeType: ExpressionType.Convert } convert => Condition(convert.Operand),
            MethodCallExpression { Method.Name: nameof(Equals) } call => Equality(call),
            MemberExpression or MethodCallExpression => $"{Property(expression)} eq true",
            _ => throw Unsupported(expression),
        };
    }

    private static string Join(BinaryExpression expression, string word) =>
        $"({Condition(expression.Left)}) {word} ({Condition(expression.Right)})";

    private static string Equality(MethodCallExpression call)
    {
        var sides = call.Object is null ? call.Arguments : [call.Object, .. call.Arguments];
        return sides.Count == 2 ? Comparison(sides[0], "eq", sides[1]) : throw Unsupported(call);
    }

    private static string Comparison(Expression left, string word, Expression right)
    {
        (left, right) = (Unwrap(left), Unwrap(right));
        // a.CompareTo(b) >= 0 and string.Compare(a, b) >= 0 mean a >= b.
        if (left is MethodCallExpression { Method.Name: "CompareTo" or "Compare" or "CompareOrdinal" } call && Evaluate(right) is 0)
            (left, right) = call.Object is null ? (call.Arguments[0], call.Arguments[1]) : (call.Object, call.Arguments[0]);
        if (Reads(left)) return $"{Property(left)} {word} {Operand(right, left.Type)}";
        return $"{Property(right)} {Mirrored(word)} {Operand(left, right.Type)}";
    }

    private static string Operand(Expression expression, Type comparedWith)
    {
        if (Reads(expression)) return Property(expression);
        var value = Evaluate(expression);
        // The compiler compares enums as integers, and they are stored by name.
        var type = Nullable.GetUnderlyingType(comparedWith) ?? comparedWith;
        if (type.IsEnum && value is not (null or string)) value = Enum.ToObject(type, value).ToString();
        return ODataLiteral.Of(value);
    }

    private static string Property(Expression expression) => Unwrap(expression) switch
    {
        // A nullable property's Value is the property itself.
        MemberExpression { Member.Name: "Value", Expression: MemberExpression inner } when Nullable.GetUnderlyingType(inner.Type) is not null
            => Property(inner),
        MemberExpression { Expression: ParameterExpression or UnaryExpression { Operand: ParameterExpression } } member
            => StoredName(member.Member),
        // entity["Total"] and entity.GetInt64("Total").
        MethodCallExpression { Object: not null, Arguments.Count: 1 } call when call.Method.Name == "get_Item" || call.Method.Name.StartsWith("Get", StringComparison.Ordinal)
            => (string)Evaluate(call.Arguments[0]),
        var other => throw Unsupported(other),
    };

    private static string StoredName(MemberInfo member) => member.DeclaringType == typeof(Models.TableItem)
        ? "TableName"
        : member.GetCustomAttribute<DataMemberAttribute>()?.Name ?? member.Name;

    private static Expression Unwrap(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.ConvertChecked } convert && Reads(convert)
            ? Unwrap(convert.Operand)
            : expression;

    private static string Operator(ExpressionType type) => type switch
    {
        ExpressionType.Equal => "eq",
        ExpressionType.NotEqual => "ne",
        ExpressionType.LessThan => "lt",
        ExpressionType.LessThanOrEqual => "le",
        ExpressionType.GreaterThan => "gt",
        ExpressionType.GreaterThanOrEqual => "ge",
        _ => throw new NotSupportedException($"The operator '{type}' is not supported."),
    };

    private static string Mirrored(string word) => word switch { "lt" => "gt", "le" => "ge", "gt" => "lt", "ge" => "le", _ => word };

    private static bool Reads(Expression expression)
    {
        var finder = new ParameterFinder();
        finder.Visit(expression);
        return finder.Found;
    }

    private static object Evaluate(Expression expression) => expression is ConstantExpression constant
        ? constant.Value
        : Expression.Lambda<Func<object>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

    private static NotSupportedException Unsupported(Expression expression) => new($"The expression ({expression}) is not supported.");

    private sealed class ParameterFinder : ExpressionVisitor
    {
        public bool Found { get; private set; }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found = true;
            return node;
        }
    }
}
