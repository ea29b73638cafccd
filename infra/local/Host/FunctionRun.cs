namespace Shop.Local.Host;

/// <summary>One run of a function, and the trace it belongs to.</summary>
internal sealed record FunctionRun(FunctionDescription Function, string Id, string TraceParent, string TraceState);
