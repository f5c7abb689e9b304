using Net.Netlink.Nftables;

namespace Net.Firewall.Obstacles.Walks;

/// <summary>Runs the expressions of one rule for one packet, as far as they are understood.</summary>
/// <remarks>Wire: NFTA_META_*, NFTA_PAYLOAD_*, NFTA_CMP_*, NFTA_BITWISE_*, NFTA_RANGE_*, NFTA_LOOKUP_*, NFTA_CT_*, NFTA_IMMEDIATE_*.
/// Source: include/uapi/linux/netfilter/nf_tables.h.</remarks>
internal sealed class RuleEvaluation(PacketAtHook packet, NftTable table, Func<NftTable, string, IReadOnlyList<NftListedKey>> keysOf)
{
    private const ushort DataValue = 1; // NFTA_DATA_VALUE
    private const ushort DataVerdict = 2; // NFTA_DATA_VERDICT

    private readonly RuleRegisters _registers = new();

    /// <summary>The chain that the verdict leads to.</summary>
    public string? Target { get; private set; }

    /// <summary>Whether the rule has any condition.</summary>
    public bool HasCondition { get; private set; }

    /// <summary>Runs them all.</summary>
    public (Likelihood Applies, RuleVerdict Verdict) Run(IReadOnlyList<NftListedExpression> expressions)
    {
        Likelihood applies = Likelihood.Yes;
        foreach (NftListedExpression expression in expressions)
        {
            if (Verdict(expression) is { } verdict)
            {
                return (applies, verdict);
            }

            if (expression.Name == "lookup" && expression.Number(3) == 0)
            {
                return InMap(expression) is { } mapped ? (applies, mapped) : (Likelihood.No, RuleVerdict.Continue);
            }

            Likelihood holds = Holds(expression);
            if (holds == Likelihood.No)
            {
                return (Likelihood.No, RuleVerdict.Continue);
            }

            applies = holds < applies ? holds : applies;
        }

        return (applies, RuleVerdict.Continue);
    }

    private RuleVerdict? Verdict(NftListedExpression expression) => expression.Name switch
    {
        "immediate" when expression.Number(1) == 0 => Immediate(expression),
        "reject" => RuleVerdict.Drop,
        "nat" or "masq" or "redir" => RuleVerdict.Translate,
        "queue" or "synproxy" or "tproxy" or "fwd" => RuleVerdict.Unknown,
        "target" => expression.Text(1) switch
        {
            "DROP" or "REJECT" => RuleVerdict.Drop,
            "ACCEPT" => RuleVerdict.Accept,
            "DNAT" or "REDIRECT" or "SNAT" or "MASQUERADE" or "NETMAP" => RuleVerdict.Translate,
            "LOG" or "NFLOG" or "MARK" or "CONNMARK" or "TCPMSS" or "CT" or "NOTRACK" or "TRACE" or "CHECKSUM" or "CLASSIFY" => null,
            _ => RuleVerdict.Unknown,
        },
        _ => null,
    };

    private RuleVerdict Immediate(NftListedExpression expression)
    {
        Target = expression.Text(2, DataVerdict, 2);
        return Of((int?)expression.Number(2, DataVerdict, 1));
    }

    /// <summary>The verdict that a map has for the packet; null when it has none.</summary>
    private RuleVerdict? InMap(NftListedExpression expression)
    {
        HasCondition = true;
        (Likelihood isIn, NftListedKey? key) = Search(expression);
        Target = key?.Verdict?.Chain;
        return isIn switch
        {
            Likelihood.No => null,
            Likelihood.Yes => Of(key?.Verdict?.Code),
            _ => RuleVerdict.Unknown,
        };
    }

    private static RuleVerdict Of(int? code) => code switch
    {
        0 => RuleVerdict.Drop,
        1 => RuleVerdict.Accept,
        -1 or -2 => RuleVerdict.Continue,
        -3 => RuleVerdict.Jump,
        -4 => RuleVerdict.Goto,
        -5 => RuleVerdict.Return,
        _ => RuleVerdict.Unknown,
    };

    private Likelihood Holds(NftListedExpression expression)
    {
        switch (expression.Name)
        {
            case "counter" or "log" or "notrack" or "last" or "objref" or "dup" or "flow_offload" or "target":
                return Likelihood.Yes;
            case "match":
                HasCondition |= expression.Text(1) != "comment";
                return ExtensionMatch.Of(expression, packet);
            case "immediate":
                return Load(expression.Number(1), Known(expression.Bytes(2, DataValue)));
            case "meta" when expression.Number(1) is { } register:
                return Load(register, Meta(expression.Number(2)));
            case "ct" when expression.Number(1) is { } register:
                return Load(register, expression.Number(2) == 0 && packet.State is { } state ? PacketAtHook.Known(state) : null);
            case "meta" or "ct":
                return Likelihood.Yes; // sets a mark or the like
            case "payload" when expression.Number(1) is { } register:
                return Load(register, Payload(expression.Number(2), expression.Number(3), expression.Number(4)));
            case "bitwise":
                return Mask(expression);
            case "cmp":
                HasCondition = true;
                return Compare(expression);
            case "range":
                HasCondition = true;
                return Within(expression);
            case "lookup" when expression.Number(3) is null:
                HasCondition = true;
                return Contains(expression);
            default:
                HasCondition = true;
                _registers.Forget();
                return Likelihood.Maybe;
        }
    }

    private Likelihood Load(uint? register, byte?[]? value)
    {
        if (register is { } known && value is not null)
        {
            _registers.Write(known, value);
        }
        else
        {
            _registers.Forget();
        }

        return Likelihood.Yes;
    }

    private byte?[]? Meta(uint? key) => key switch
    {
        4 => packet.InIndex, // NFT_META_IIF
        5 => packet.OutIndex, // NFT_META_OIF
        6 => packet.InName, // NFT_META_IIFNAME
        7 => packet.OutName, // NFT_META_OIFNAME
        1 => packet.IsIPv6 ? [0x86, 0xdd] : [0x08, 0x00], // NFT_META_PROTOCOL
        15 => [packet.IsIPv6 ? (byte)10 : (byte)2], // NFT_META_NFPROTO
        16 => [packet.Protocol], // NFT_META_L4PROTO
        _ => null,
    };

    private byte?[]? Payload(uint? place, uint? offset, uint? length)
    {
        byte?[]? header = place switch { 1 => packet.Header, 2 => packet.Transport, _ => null };
        return header is not null && offset is { } start && length is { } count && start + count <= (uint)header.Length
            ? header[(int)start..(int)(start + count)]
            : null;
    }

    private Likelihood Mask(NftListedExpression expression)
    {
        byte?[]? mask = Known(expression.Bytes(4, DataValue));
        byte?[]? flip = Known(expression.Bytes(5, DataValue));
        if (expression.Number(2) is not { } to || mask is null || flip is null || expression.Number(6) is not (null or 0)
            || _registers.Read(expression.Number(1) ?? 0, mask.Length) is not { } value)
        {
            _registers.Forget();
            return Likelihood.Yes;
        }

        // A byte of which nothing is kept is known without knowing it.
        byte?[] masked = [.. value.Select((one, i) => mask[i] == 0 ? flip[i] : (byte?)((one & mask[i]) ^ flip[i]))];
        return Load(to, masked);
    }

    private Likelihood Compare(NftListedExpression expression)
    {
        if (Known(expression.Bytes(3, DataValue)) is not { } wanted
            || _registers.Read(expression.Number(1) ?? 0, wanted.Length) is not { } value)
        {
            return Likelihood.Maybe;
        }

        int? order = Order(value, wanted);
        bool differs = value.Zip(wanted).Any(pair => pair.First is { } one && one != pair.Second);
        return (expression.Number(2), order) switch
        {
            (0, null) => differs ? Likelihood.No : Likelihood.Maybe,
            (1, null) => differs ? Likelihood.Yes : Likelihood.Maybe,
            (_, null) => Likelihood.Maybe,
            (0, _) => Of(order == 0),
            (1, _) => Of(order != 0),
            (2, _) => Of(order < 0),
            (3, _) => Of(order <= 0),
            (4, _) => Of(order > 0),
            (5, _) => Of(order >= 0),
            _ => Likelihood.Maybe,
        };
    }

    private Likelihood Within(NftListedExpression expression)
    {
        byte?[]? first = Known(expression.Bytes(3, DataValue));
        byte?[]? last = Known(expression.Bytes(4, DataValue));
        if (first is null || last is null || _registers.Read(expression.Number(1) ?? 0, first.Length) is not { } value
            || Order(value, first) is not { } fromFirst || Order(value, last) is not { } toLast)
        {
            return Likelihood.Maybe;
        }

        return Of((fromFirst >= 0 && toLast <= 0) == (expression.Number(2) == 0));
    }

    private Likelihood Contains(NftListedExpression expression)
    {
        bool inverted = (expression.Number(5) & 1) == 1; // NFT_LOOKUP_F_INV
        Likelihood isIn = Search(expression).IsIn;
        return isIn == Likelihood.Maybe ? isIn : Of((isIn == Likelihood.Yes) != inverted);
    }

    /// <summary>Looks the register up in a set or map.</summary>
    private (Likelihood IsIn, NftListedKey? Key) Search(NftListedExpression expression)
    {
        IReadOnlyList<NftListedKey> keys = expression.Text(1) is { } set ? keysOf(table, set) : [];
        if (keys.Count == 0)
        {
            return (Likelihood.No, null);
        }

        int length = keys.Max(key => key.Key.Length);
        if (keys.Any(key => key.HasRange || key.Key.Length != length)
            || _registers.Read(expression.Number(2) ?? 0, length) is not { } value
            || value.Any(one => one is null))
        {
            return (Likelihood.Maybe, null);
        }

        byte[] wanted = [.. value.Select(one => one!.Value)];
        bool isOfIntervals = keys.Any(key => key.EndsInterval);
        NftListedKey? before = keys.Where(key => Order(key.Key.Span, wanted) is var order && (isOfIntervals ? order <= 0 : order == 0))
            .OrderBy(key => Convert.ToHexString(key.Key.Span), StringComparer.Ordinal).ThenBy(key => !key.EndsInterval)
            .LastOrDefault();
        return before is { EndsInterval: false } ? (Likelihood.Yes, before) : (Likelihood.No, null);
    }

    private static int Order(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => one.SequenceCompareTo(other);

    private static int? Order(byte?[] value, byte?[] wanted)
    {
        for (int i = 0; i < wanted.Length; i++)
        {
            if (value[i] is not { } one || wanted[i] is not { } other)
            {
                return null;
            }

            if (one != other)
            {
                return one.CompareTo(other);
            }
        }

        return 0;
    }

    private static Likelihood Of(bool holds) => holds ? Likelihood.Yes : Likelihood.No;

    private static byte?[]? Known(ReadOnlyMemory<byte>? bytes) =>
        bytes is { } known ? Array.ConvertAll(known.ToArray(), value => (byte?)value) : null;
}
