namespace Net.Netlink;

/// <summary>The payload of a netlink message: a fixed C struct, then attributes.</summary>
public interface INetlinkMessage
{
    /// <summary>Writes the struct and the attributes.</summary>
    /// <exception cref="NetlinkFormatException">A value does not fit its attribute.</exception>
    void Encode(AttributeWriter writer);
}
