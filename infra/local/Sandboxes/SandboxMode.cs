namespace Shop.Local.Sandboxes;

/// <summary>Who decides when things happen that nobody asked for at that moment.</summary>
public enum SandboxMode
{
    /// <summary>Webhooks go out, and what is pending settles or expires in the background.</summary>
    Automatic,

    /// <summary>Nothing leaves and nothing settles until it is told to; what expires still does so by the clock when looked at.</summary>
    Manual,
}
