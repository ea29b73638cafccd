namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a method a function; <see cref="Name"/> is unique within the app.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute : Attribute
{
    public FunctionAttribute(string name) => Name = name;

    public string Name { get; }
}
