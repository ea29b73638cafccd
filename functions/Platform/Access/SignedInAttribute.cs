namespace Shop.Functions.Platform.Access;

/// <summary>Whoever is signed in may call this HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SignedInAttribute : Attribute;
