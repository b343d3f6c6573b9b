/** What vCenter says when the lab begins: the user's to edit from then on. */
export const FIRST_INVENTORY = `# What vCenter says. The plugin reads this file again at every change: power a VM on or off, give it an adapter,
# move it to the other host, or put a host into maintenance, and watch the agents' ports follow.
hosts:
  - name: esx-1
    maintenance: false
  - name: esx-2
    maintenance: false

networks:
  - name: blue
    key: dvportgroup-21
    vlan: { primary: 100, isolated: 101 }
  - name: green
    key: dvportgroup-22
    vlan: { primary: 200, isolated: 201 }

vms:
  - name: web-1
    power: on # on, off or suspended
    host: esx-1
    id: 50270001-240a-841f-e24c-1564537218f7
    adapters:
      - { mac: "00:50:56:00:01:01", network: blue, ip: 10.0.1.11 }
  - name: db-1
    power: on
    host: esx-1
    id: 50270002-240a-841f-e24c-1564537218f7
    adapters:
      - { mac: "00:50:56:00:02:01", network: green, ip: 10.0.2.11 }
  - name: web-2
    power: on
    host: esx-2
    id: 50270003-240a-841f-e24c-1564537218f7
    adapters:
      - { mac: "00:50:56:00:01:02", network: blue, ip: 10.0.1.12 }
  - name: db-2
    power: off
    host: esx-2
    id: 50270004-240a-841f-e24c-1564537218f7
    adapters:
      - { mac: "00:50:56:00:02:02", network: green, ip: 10.0.2.12 }
`;
