namespace Shop.Functions.Tests.FrontDoor;

/// <summary>For tests that look at the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(WholeProcess), DisableParallelization = true)]
public sealed class WholeProcess;
