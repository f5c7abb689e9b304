namespace Net.Netlink.Nftables;

/// <summary>The user data of a set, from which nft knows how to print its keys: the byte order, and for integers the expression they come
/// from.</summary>
/// <remarks>Wire: u8 type, u8 length, value; nested. Source: libnftnl include/libnftnl/udata.h; nftables include/expression.h, enum
/// expr_types.</remarks>
internal static class NftSetUserData
{
    private const byte KeyByteOrder = 0; // NFTNL_UDATA_SET_KEYBYTEORDER
    private const byte KeyTypeOf = 3; // NFTNL_UDATA_SET_KEY_TYPEOF
    private const byte ExpressionKind = 0; // NFTNL_UDATA_SET_TYPEOF_EXPR
    private const byte ExpressionData = 1; // NFTNL_UDATA_SET_TYPEOF_DATA
    private const uint HostOrder = 1; // BYTEORDER_HOST_ENDIAN
    private const uint Payload = 7; // EXPR_PAYLOAD
    private const uint Meta = 9; // EXPR_META
    private const uint Concatenation = 13; // EXPR_CONCAT
    private const uint InputName = 6; // NFT_META_IIFNAME
    private const uint TransportHeader = 3; // PROTO_BASE_TRANSPORT_HDR
    private const int BitsPerByte = 8;

    /// <summary>The user data of a set.</summary>
    public static byte[] Of(NftSet set)
    {
        byte[] order = Word(KeyByteOrder, set.Key is [NftDataType.InterfaceName] ? HostOrder : 0);
        if (set.TransportOffset is not { } offset)
        {
            return order;
        }

        byte[] name = Expression(Meta, Word(0, InputName));
        byte[] bytes = Expression(
            Payload,
            [
                .. Word(0, 0), .. Word(1, 0), .. Word(2, TransportHeader), .. Word(3, (uint)(offset * BitsPerByte)),
                .. Word(4, (uint)(set.Key[^1].Length() * BitsPerByte)),
            ]);
        return [.. order, .. Nest(KeyTypeOf, Expression(Concatenation, [.. Nest(0, name), .. Nest(1, bytes)]))];
    }

    private static byte[] Expression(uint kind, byte[] data) => [.. Word(ExpressionKind, kind), .. Nest(ExpressionData, data)];

    private static byte[] Nest(byte type, byte[] value) => [type, (byte)value.Length, .. value];

    // The value is in the machine's byte order, as nft writes it.
    private static byte[] Word(byte type, uint value) => Nest(type, BitConverter.GetBytes(value));
}
