namespace Shop.Local.Sandboxes;

/// <summary>What is a provider's own in its control page and API.</summary>
internal interface ISandboxControl
{
    string Title { get; }

    /// <summary>A list by its name in the address; null when there is none.</summary>
    object? List(string name);

    /// <summary>Does what buyers, banks and staff can do.</summary>
    /// <returns>Null when there is no such action.</returns>
    Task<object?> ActAsync(string[] segments, ControlForm form);

    /// <summary>The provider's part of the page.</summary>
    void Write(ControlPage page);
}
