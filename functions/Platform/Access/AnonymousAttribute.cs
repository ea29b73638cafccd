namespace Shop.Functions.Platform.Access;

/// <summary>Anyone may call this HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnonymousAttribute : Attribute;
