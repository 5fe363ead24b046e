import {check} from 'k6'
import http from 'k6/http'

export const options = {vus: 100, duration: '5m'}

export default function () {
  check(http.get('https://dev.shop.example/healthz'), {'is well': answer => answer.status === 200})
}
