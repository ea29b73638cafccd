namespace Shop.Local.Host;

/// <summary>What starts a function.</summary>
public enum TriggerKind
{
    Http,
    Queue,
    Timer,
}
