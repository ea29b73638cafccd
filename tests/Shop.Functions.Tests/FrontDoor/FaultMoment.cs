namespace Shop.Functions.Tests.FrontDoor;

public enum FaultMoment
{
    Before,
    After,
}
