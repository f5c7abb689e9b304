namespace Net.Cnm.DesiredState;

/// <summary>Whose an object of desired state is, which says what removal and healing may do to it.</summary>
public enum Ownership
{
    /// <summary>Ours: made, healed and removed by the engine, and tagged with the owner's id where the kernel can carry a tag.</summary>
    Owned,

    /// <summary>Somebody's: only what is said here is set; its prior value is stored and put back.</summary>
    Adopted,

    /// <summary>Made by us and now another's: never made again by healing, removed if it is still there.</summary>
    HandedOver,
}
