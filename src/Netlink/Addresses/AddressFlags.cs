namespace Net.Netlink.Addresses;

/// <summary>The state of an address.</summary>
/// <remarks>Source: include/uapi/linux/if_addr.h, IFA_F_*.</remarks>
[Flags]
public enum AddressFlags : uint
{
    /// <summary>No flag is set.</summary>
    None = 0,

    /// <summary>IFA_F_SECONDARY: also IFA_F_TEMPORARY.</summary>
    Secondary = 1,

    /// <summary>IFA_F_NODAD: use the address at once, without duplicate address detection.</summary>
    NoDuplicateDetection = 2,

    /// <summary>IFA_F_OPTIMISTIC.</summary>
    Optimistic = 4,

    /// <summary>IFA_F_DADFAILED.</summary>
    DuplicateFound = 8,

    /// <summary>IFA_F_DEPRECATED.</summary>
    Deprecated = 32,

    /// <summary>IFA_F_TENTATIVE.</summary>
    Tentative = 64,

    /// <summary>IFA_F_PERMANENT.</summary>
    Permanent = 128,

    /// <summary>IFA_F_MANAGETEMPADDR.</summary>
    ManageTemporary = 256,

    /// <summary>IFA_F_NOPREFIXROUTE: create no route to the address's subnet.</summary>
    NoPrefixRoute = 512,
}
