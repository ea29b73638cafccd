namespace Shop.Functions.Platform;

/// <summary>
/// States, on a class that sends data out of this app, who receives which classes of data and what for. The published
/// register of processors is made from these, and a test holds it against what is really sent.
/// </summary>
/// <param name="processor">The company's name.</param>
/// <param name="purpose">What it gets the data for.</param>
/// <param name="dataClasses">What it gets.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class DisclosesAttribute(string processor, string purpose, params DataClass[] dataClasses) : Attribute
{
    public string Processor { get; } = processor;

    public string Purpose { get; } = purpose;

    public IReadOnlyList<DataClass> DataClasses { get; } = dataClasses;
}
